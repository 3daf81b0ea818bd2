import Glibc

/// What a confinement did: which layers hold and why the others do not.
public struct ConfinementReport: Hashable, Sendable {
  /// A thing that is given up.
  public enum Layer: CaseIterable, Sendable {
    /// no_new_privs: no program started later can gain a right.
    case noNewPrivileges
    /// Another user without rights, and no supplementary group.
    case user
    /// Capabilities outside the kept ones.
    case capabilities
    /// Landlock: changing and executing files.
    case files
    /// Landlock from version 4: TCP connections and listeners.
    case tcp
    /// Landlock from version 6: signals and abstract sockets of other processes.
    case scope
    /// seccomp: system calls that nothing here needs.
    case systemCalls
  }

  /// What became of a layer.
  public enum Outcome: Hashable, Sendable {
    /// It holds.
    case applied
    /// There was nothing to give up.
    case nothingToGiveUp
    /// The profile leaves it out: Landlock would hide the descriptors of other processes, whose look-up is wanted.
    case leftOutForOwners
    /// The kernel does not have it, or not in a version that can.
    case notInKernel
    /// The process may not become another user: it lacks the right, or its user namespace has no other.
    case notPermitted
    /// The kernel has it and refused; the number is that of errno(3).
    case refused(Int32)

    /// What became of a filter that was not put in force.
    init(systemCalls failure: SystemFailure) {
      let isAbsent = [ENOSYS, EINVAL, EOPNOTSUPP].contains(failure.number)
      self = isAbsent ? .notInKernel : .refused(failure.number)
    }
  }

  /// What became of each layer.
  public var outcomes: [Layer: Outcome] = [:]
  /// The kernel's Landlock interface; nil when it has none. Version 1 and 2 can't deny truncating files, below 5
  /// commands to devices stay possible; seccomp denies truncation by path besides.
  public var landlockVersion: Int?
  /// The capabilities that were held and kept, in the order of their numbers.
  public var keptCapabilities: [Capability] = []
  /// Threads beside the calling one when the layers were applied: only seccomp reaches them. Nil when unknown.
  public var otherThreads: Int?

  /// Notes what became of Landlock, as far as its version reaches.
  mutating func note(_ outcome: Outcome, landlockVersion version: Int?) {
    let layers: [(layer: Layer, since: Int)] = [(.files, 1), (.tcp, 4), (.scope, 6)]
    for (layer, since) in layers {
      let isKnown = version.map { $0 >= since } ?? true
      outcomes[layer] = outcome == .applied && !isKnown ? .notInKernel : outcome
    }
  }

  /// Whether every layer holds for every thread, or had nothing to give up.
  public var isComplete: Bool {
    otherThreads == 0
      && Layer.allCases.allSatisfy {
        outcomes[$0] == .applied || outcomes[$0] == .nothingToGiveUp
      }
  }
}
