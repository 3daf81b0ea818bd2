import CLinux
import Glibc

extension Confinement {
  /// Gives up everything else, as far as the kernel can. Nothing here is fatal; the report tells what holds.
  public func apply() -> ConfinementReport {
    var report = ConfinementReport()
    report.otherThreads = Self.otherThreads()
    report.landlockVersion = Landlock.version
    report.outcomes[.user] = .nothingToGiveUp
    report.outcomes[.noNewPrivileges] =
      linux_no_new_privileges() == 0 ? .applied : .refused(errno)
    // A rule for the writable directory opens it, which may need the rights that go next.
    applyLandlock(&report)
    applyCapabilities(&report)
    applySystemCalls(&report)
    return report
  }

  private func applyCapabilities(_ report: inout ConfinementReport) {
    let kept = capabilities.reduce(0) { $0 | $1.mask }
    do {
      let held = try HeldCapabilities()
      report.keptCapabilities = Capability.allCases.filter {
        capabilities.contains($0) && held.permitted & $0.mask != 0
      }
      if held.permitted & ~kept == 0 {
        report.outcomes[.capabilities] = .nothingToGiveUp
        return
      }
      try held.reduce(to: kept)
      report.outcomes[.capabilities] = .applied
    } catch {
      report.outcomes[.capabilities] = .refused(error.number)
    }
  }

  private func applyLandlock(_ report: inout ConfinementReport) {
    report.note(
      landlockOutcome(report.landlockVersion), landlockVersion: report.landlockVersion)
  }

  private func landlockOutcome(_ version: Int?) -> ConfinementReport.Outcome {
    if looksUpOwners { return .leftOutForOwners }
    guard let version else { return Landlock.absence }
    do {
      let ruleset = try LandlockRuleset(
        version: version, files: Landlock.changes(version: version),
        network: version >= 4 ? 3 : 0, scopes: version >= 6 ? 3 : 0)
      if let writableDirectory { try ruleset.allowWriting(below: writableDirectory) }
      if version >= 4 { for port in tcpPorts { try ruleset.allowConnections(to: port) } }
      try ruleset.restrict()
      return .applied
    } catch {
      return .refused(error.number)
    }
  }

  private func applySystemCalls(_ report: inout ConfinementReport) {
    do throws(SystemFailure) {
      let filter = try SystemCallFilter()
      try filter.deny(allBut: self)
      try filter.load()
      report.outcomes[.systemCalls] = .applied
    } catch {
      report.outcomes[.systemCalls] = .init(systemCalls: error)
    }
  }

  static func otherThreads() -> Int? {
    guard let directory = unsafe opendir("/proc/self/task") else { return nil }
    defer { _ = unsafe closedir(directory) }
    var count = -1
    while let entry = unsafe readdir(directory) {
      // Threads are numbers; "." and ".." are not.
      if unsafe entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
    }
    return max(count, 0)
  }
}
