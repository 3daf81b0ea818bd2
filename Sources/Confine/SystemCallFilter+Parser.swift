import Glibc

extension SystemCallFilter {
  /// What a process needs that reads what is open, writes to what is open, and waits: by what it is for.
  private static let allowed =
    memory + descriptors + signals + identity
    + ["poll", "ppoll", "restart_syscall", "futex", "sched_yield", "getrandom", "set_robust_list"]
    + ["clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time"]
    + ["exit", "exit_group", "uname", "getcpu", "rseq"]

  private static let memory = ["munmap", "mremap", "madvise", "brk"]

  private static let descriptors = [
    "read", "readv", "pread64", "write", "writev", "close", "lseek", "_llseek", "fstat", "fstat64",
    "fsync", "fdatasync", "ftruncate", "ftruncate64", "sendmsg", "recvmsg", "getsockopt",
    "getsockname",
  ]

  private static let signals = [
    "rt_sigprocmask", "rt_sigaction", "rt_sigreturn", "sigreturn", "rt_sigpending", "sigaltstack",
  ]

  private static let identity = [
    "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid",
  ]

  /// Whether a descriptor is a terminal and how wide (TCGETS, TCGETS2, TIOCGWINSZ), what an interface is called, its number
  /// and whether it is up (SIOCGIFNAME, SIOCGIFINDEX, SIOCGIFFLAGS).
  private static let requests: [UInt64] = [
    0x5401, 0x802c_542a, 0x5413, 0x8910, 0x8933, 0x8913,
  ]

  /// How a terminal reads keys: TCSETS, TCSETS2. What would put words into its input (TIOCSTI) is not among them.
  private static let terminalRequests: [UInt64] = [0x5402, 0x402c_542b]

  /// F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC.
  private static let descriptorCommands: [UInt64] = [0, 1, 2, 3, 4, 1_030]

  /// AT_EMPTY_PATH: what is asked for is the descriptor itself.
  private static let emptyPath: UInt64 = 0x1000
  private static let execute: UInt64 = 4

  /// Allows what a parser needs.
  func allowParsing() throws(SystemFailure) {
    for name in Self.allowed { try allow(name) }
    for name in ["mmap", "mmap2", "mprotect"] {
      try allow(name, when: .argument(2, maskedBy: Self.execute, is: 0))
    }
    for request in Self.requests {
      try allow("ioctl", when: .argument(1, maskedBy: 0xffff_ffff, is: request))
    }
    for command in Self.descriptorCommands {
      for name in ["fcntl", "fcntl64"] {
        try allow(name, when: .argument(1, maskedBy: 0xffff_ffff, is: command))
      }
    }
    for name in ["newfstatat", "fstatat64", "statx"] {
      try allow(
        name,
        when: .argument(name == "statx" ? 2 : 3, maskedBy: Self.emptyPath, is: Self.emptyPath))
    }
    // Standard output goes on in another file.
    for name in ["dup2", "dup3"] { try allow(name, when: .argument(1, is: 1)) }
    // A crash must be seen as a crash: `abort` sends a signal to itself.
    let own = UInt64(UInt32(bitPattern: getpid()))
    for name in ["kill", "tgkill"] { try allow(name, when: .argument(0, is: own)) }
  }

  /// Allows to give a terminal back as it was.
  func allowSettingTerminal() throws(SystemFailure) {
    for request in Self.terminalRequests {
      try allow("ioctl", when: .argument(1, maskedBy: 0xffff_ffff, is: request))
    }
  }

  /// Denies writing to one descriptor.
  func denyWriting(to descriptor: Int32) throws(SystemFailure) {
    let number = UInt64(UInt32(bitPattern: descriptor))
    for name in ["write", "writev", "sendmsg"] {
      try deny(name, when: .argument(0, maskedBy: 0xffff_ffff, is: number))
    }
    // A copy of it would have another number.
    for name in ["dup2", "dup3"] {
      try deny(name, when: .argument(0, maskedBy: 0xffff_ffff, is: number))
    }
    for name in ["fcntl", "fcntl64"] {
      try deny(name, when: .argument(0, maskedBy: 0xffff_ffff, is: number))
    }
  }
}
