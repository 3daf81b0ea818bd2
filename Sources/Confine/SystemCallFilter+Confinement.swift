import Glibc

extension SystemCallFilter {
  /// CLONE_THREAD, and the flags of clone(2) that make namespaces.
  private static let thread: UInt64 = 0x0001_0000
  private static let networkNamespace: UInt64 = 0x4000_0000
  private static let namespaces: [UInt64] = [
    0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, networkNamespace,
  ]

  /// Denies what a confinement does not keep.
  func deny(allBut confinement: Confinement) throws(SystemFailure) {
    for name in DeniedSystemCalls.always { try deny(name) }
    try denyProcesses()
    try denySignals(but: confinement.signalled)
    try denySockets(outside: confinement.socketFamilies)
    if confinement.entersNetworkNamespaces {
      try deny("setns", when: .argument(1, isNot: Self.networkNamespace))
    } else {
      try deny("setns")
    }
    if confinement.writableDirectory == nil { try denyOpeningForWriting() }
    // Directories that are empty at most: a ring of trace events is one, and goes at the end.
    if confinement.removesFiles {
      // The names are the helper's own.
    } else if confinement.removesDirectories {
      try deny("unlinkat", when: .argument(2, isNot: UInt64(AT_REMOVEDIR)))
    } else {
      try deny("unlinkat")
    }
    // The flags of these two stand in memory, where a filter can't look; "not there" makes callers use the others.
    try deny("openat2", with: ENOSYS)
    try deny("clone3", with: ENOSYS)
    // Code is never made at run time.
    try deny("mmap", when: .argument(2, maskedBy: 6, is: 6))
    for name in ["mprotect", "pkey_mprotect"] {
      try deny(name, when: .argument(2, maskedBy: 4, is: 4))
    }
    // TIOCSTI and TIOCLINUX type into the user's terminal.
    for request: UInt64 in [0x5412, 0x541c] {
      try deny("ioctl", when: .argument(1, maskedBy: 0xffff_ffff, is: request))
    }
  }

  private func denyProcesses() throws(SystemFailure) {
    try deny("clone", when: .argument(0, maskedBy: Self.thread, is: 0))
    for flag in Self.namespaces {
      try deny("clone", when: .argument(0, maskedBy: flag, is: flag))
    }
  }

  /// A signal to the process itself stays allowed: `abort` sends one, and a crash must be seen as a crash. With
  /// `other`, `kill` reaches that one alone.
  private func denySignals(but other: Confinement.Signalled?) throws(SystemFailure) {
    let own = UInt64(UInt32(bitPattern: getpid()))
    let killed = other.map { UInt64(UInt32(bitPattern: $0.process)) } ?? own
    try deny("kill", when: .argument(0, isNot: killed))
    for name in ["tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"] {
      try deny(name, when: .argument(0, isNot: own))
    }
    if let descriptor = other?.descriptor, descriptor >= 0 {
      try deny("pidfd_send_signal", when: .argument(0, isNot: UInt64(descriptor)))
    } else {
      try deny("pidfd_send_signal")
    }
  }

  private func denySockets(outside families: Set<Int32>) throws(SystemFailure) {
    guard let highest = families.max(), highest >= 0 else {
      try deny("socket")
      return
    }
    for family in 0..<highest where !families.contains(family) {
      try deny("socket", when: .argument(0, is: UInt64(family)))
    }
    try deny("socket", when: .argument(0, isAbove: UInt64(highest)))
  }

  private func denyOpeningForWriting() throws(SystemFailure) {
    try deny("creat")
    for flag in [O_WRONLY, O_RDWR, O_CREAT, O_TRUNC] {
      let flag = UInt64(flag)
      try deny("open", when: .argument(1, maskedBy: flag, is: flag))
      try deny("openat", when: .argument(2, maskedBy: flag, is: flag))
    }
  }
}
