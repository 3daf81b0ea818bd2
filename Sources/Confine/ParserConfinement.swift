import CLinux
import Glibc

/// What a process gives up that parses hostile bytes and has a helper for all else: everything but what is open.
///
/// Nothing can be opened, made, executed or asked of other processes any more. Apply it while one thread runs.
public struct ParserConfinement: Hashable, Sendable {
  /// Who the process becomes; nil to stay who it is, where it may not become another.
  public var account: Account?
  /// Descriptors that are only read: what is written to a packet socket goes out to the network.
  public var readOnly: [Int32]
  /// The signal that comes when the helper ends.
  public var signalAtParentsEnd: Int32
  /// Whether it may change how its terminal reads keys, to give it back as it was.
  public var setsTerminal: Bool

  /// A confinement of these values.
  public init(
    account: Account?, readOnly: [Int32], signalAtParentsEnd: Int32, setsTerminal: Bool = false
  ) {
    self.setsTerminal = setsTerminal
    self.account = account
    self.readOnly = readOnly
    self.signalAtParentsEnd = signalAtParentsEnd
  }

  /// Gives up everything, as far as the kernel can; the report tells what holds.
  public func apply() -> ConfinementReport {
    var report = ConfinementReport()
    // What makes the filters is a file, which can't be opened any more when they are made.
    _ = SeccompLibrary.isPresent
    report.otherThreads = Confinement.otherThreads()
    report.landlockVersion = Landlock.version
    report.outcomes[.noNewPrivileges] = linux_no_new_privileges() == 0 ? .applied : .refused(errno)
    applyLandlock(&report)
    applyUser(&report)
    // A change of the user takes this back, and a filter would refuse it.
    _ = linux_signal_at_parents_end(signalAtParentsEnd)
    applySystemCalls(&report)
    return report
  }

  private func applyLandlock(_ report: inout ConfinementReport) {
    let outcome: ConfinementReport.Outcome
    if let version = report.landlockVersion {
      do {
        let ruleset = try LandlockRuleset(
          version: version, files: Landlock.everything(version: version),
          network: version >= 4 ? 3 : 0, scopes: version >= 6 ? 3 : 0)
        try ruleset.restrict()
        outcome = .applied
      } catch {
        outcome = .refused(error.number)
      }
    } else {
      outcome = Landlock.absence
    }
    report.note(outcome, landlockVersion: report.landlockVersion)
  }

  /// The right to become another user goes last.
  private func applyUser(_ report: inout ConfinementReport) {
    do throws(SystemFailure) {
      let held = try HeldCapabilities()
      let isNeeded = account != nil
      try held.reduce(to: isNeeded ? Capability.setsUser : 0)
      report.outcomes[.user] = .nothingToGiveUp
      if let account {
        let isDone = linux_become_user(account.user, account.group) == 0
        let failure = errno
        let isLack = failure == EPERM || failure == EINVAL
        report.outcomes[.user] = isDone ? .applied : isLack ? .notPermitted : .refused(failure)
      }
      guard linux_set_capabilities(0, 0) == 0 else { throw SystemFailure(number: errno) }
      report.outcomes[.capabilities] = held.permitted == 0 ? .nothingToGiveUp : .applied
    } catch {
      report.outcomes[.capabilities] = .refused(error.number)
    }
  }

  private func applySystemCalls(_ report: inout ConfinementReport) {
    do throws(SystemFailure) {
      // Two filters, of which the stricter answer counts: the second one takes single descriptors out of the first.
      let walls = try SystemCallFilter()
      for descriptor in readOnly { try walls.denyWriting(to: descriptor) }
      let list = try SystemCallFilter(allowsByDefault: false)
      try list.allowParsing()
      if setsTerminal { try list.allowSettingTerminal() }
      if !readOnly.isEmpty { try walls.load(allThreads: false) }
      try list.load()
      report.outcomes[.systemCalls] = .applied
    } catch {
      report.outcomes[.systemCalls] = .init(systemCalls: error)
    }
  }
}
