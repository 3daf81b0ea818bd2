/// A process as /proc shows it. `command` is a claim that the process may change; executable and arguments are identity.
public struct ProcessIdentity: Hashable, Sendable {
  /// Process number.
  public var pid: Int32
  /// Start time in clock ticks after boot (field 22 of /proc/PID/stat); with the pid it names a process for good.
  public var startTicks: UInt64
  /// Start time in nanoseconds since 1970; nil when the boot time is unknown.
  public var startTime: Int64?
  /// The name that the process gives itself, at most 15 bytes (/proc/PID/comm); raw.
  public var command: [UInt8]
  /// The program's file; nil when the link can't be read; raw.
  public var executable: [UInt8]?
  /// Whether that file has been deleted or replaced since the start.
  public var isExecutableDeleted: Bool
  /// Arguments as started, NUL-separated in /proc, at most 4,096 bytes kept; raw; empty when unreadable.
  public var arguments: [[UInt8]]
  /// Real user.
  public var user: UInt32
  /// That user's name in /etc/passwd; nil when it has none.
  public var userName: String?
  /// Parent's process number.
  public var parent: Int32
  /// Working directory; nil when the link can't be read; raw.
  public var workingDirectory: [UInt8]?
  /// The systemd unit that its control group names (`nginx.service`, `session-2.scope`); nil without one; raw.
  public var unit: [UInt8]?
  /// Whether it was gone before /proc could be read, and is known by what the kernel told of its start and end: then
  /// its arguments, user, directory, unit and container are unknown, `startTicks` may be 0, and `executable` is the path
  /// that was given to execve(2).
  public var hasEnded = false
  /// Whether nothing of it was looked at, and a capture file names it.
  public var isClaim = false
  /// Whether such a file does not tell its user.
  public var lacksUser = false
  /// Whether it stands for itself and for its children that hold the same listener: one of them it is.
  public var mayBeChild = false
  /// Whether `user` is known.
  public var knowsUser: Bool { !hasEnded && !lacksUser }
  /// Whether its command line is written as `ps` writes the names of kernel threads, which have none: a common disguise.
  public var isNamedLikeKernelThread: Bool {
    guard let name = arguments.first, name.first == UInt8(ascii: "["),
      let end = name.firstIndex(of: UInt8(ascii: "]"))
    else { return false }
    return Self.kernelThreads.contains { thread in
      let isFamily = thread.utf8.last == UInt8(ascii: "/") || thread.utf8.last == UInt8(ascii: "_")
      return isFamily
        ? name[1..<end].starts(with: thread.utf8) : name[1..<end].elementsEqual(thread.utf8)
    }
  }

  /// Threads that kernels have, by their names or by what the names of a family begin with.
  private static let kernelThreads = [
    "kworker/", "ksoftirqd/", "migration/", "cpuhp/", "idle_inject/", "irq/", "jbd2/", "rcu_",
    "scsi_eh_", "kthreadd", "kswapd0", "kcompactd0", "khugepaged", "kauditd", "kdevtmpfs",
    "khungtaskd", "kintegrityd", "kblockd", "ksmd", "oom_reaper", "watchdogd", "writeback",
    "netns", "mm_percpu_wq",
  ]

  /// The container that its control group names: 64 hexadecimal digits, or a name for LXC and nspawn; raw.
  public var containerID: [UInt8]?

  /// A process of these values.
  public init(
    pid: Int32, startTicks: UInt64, startTime: Int64? = nil, command: [UInt8],
    executable: [UInt8]? = nil,
    isExecutableDeleted: Bool = false, arguments: [[UInt8]] = [], user: UInt32 = 0,
    userName: String? = nil,
    parent: Int32 = 0, workingDirectory: [UInt8]? = nil, unit: [UInt8]? = nil,
    containerID: [UInt8]? = nil
  ) {
    self.pid = pid
    self.startTicks = startTicks
    self.startTime = startTime
    self.command = command
    self.executable = executable
    self.isExecutableDeleted = isExecutableDeleted
    self.arguments = arguments
    self.user = user
    self.userName = userName
    self.parent = parent
    self.workingDirectory = workingDirectory
    self.unit = unit
    self.containerID = containerID
  }
}
