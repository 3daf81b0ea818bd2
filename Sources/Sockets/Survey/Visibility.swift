/// What of this host's processes /proc shows to this process.
struct Visibility: Hashable {
  /// The kernel's fixed inode for the first PID namespace (PROC_PID_INIT_INO in include/linux/proc_ns.h).
  private static let firstPIDNamespace = Array("pid:[4026531836]".utf8)

  /// Whether the mount hides processes from it.
  var isHidden: Bool
  /// Whether it sees the PID namespace that holds all others.
  var seesEveryNamespace: Bool

  init(isHidden: Bool, seesEveryNamespace: Bool) {
    self.isHidden = isHidden
    self.seesEveryNamespace = seesEveryNamespace
  }

  /// What `proc` shows now.
  init(in proc: ProcRoot) {
    let capabilities = Capabilities.current(in: proc)
    // The mount table is long on some hosts and is not asked when nothing is hidden anyway.
    isHidden =
      !capabilities.hasSysPtrace
      && ProcMount.current(in: proc)?.hides(from: capabilities, groups: ProcMount.ownGroups())
        == true
    seesEveryNamespace = proc.link("self/ns/pid") == Self.firstPIDNamespace
  }

  /// Why a walk may have missed a holder; nil when it saw everything that /proc has.
  func obstacle(unreadable: Int) -> MissingOwner? {
    if isHidden { return .hidepid }
    return unreadable > 0 ? .permissionDenied : nil
  }

  /// Why a socket that exists has no holder among processes that were all seen.
  var unseen: MissingOwner { seesEveryNamespace ? .kernelSocket : .otherPIDNamespace }
}
