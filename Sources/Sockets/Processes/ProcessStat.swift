/// The fields of /proc/PID/stat that matter here (proc_pid_stat(5)).
struct ProcessStat: Hashable {
  /// The kernel's flag for its own threads (PF_KTHREAD in include/linux/sched.h).
  private static let kernelThreadFlag: UInt64 = 0x0020_0000

  /// The name, with the kernel's escapes for line feed and backslash.
  var command: [UInt8]
  /// One letter: `R`, `S`, `Z`...
  var state: UInt8
  /// The parent's number.
  var parent: Int32
  /// Start in clock ticks after boot.
  var startTicks: UInt64
  /// Whether it is a thread of the kernel.
  var isKernelThread: Bool
  /// The controlling terminal as a device number (major in bits 8-15, minor in the others); 0 for none.
  var terminal: UInt32
  /// Threads that still live.
  var threads: UInt64

  /// Whether it has ended and waits to be collected, or only its first thread has.
  var isZombie: Bool { state == 0x5A || state == 0x58 }
  /// Whether it is stopped by a signal (`T`); what a debugger holds (`t`) is not, and goes on when that lets it.
  var isStopped: Bool { state == 0x54 }
  /// Whether its first thread has ended while others go on: descriptors and program show only through those.
  var hasLostFirstThread: Bool { isZombie && threads > 1 }

  /// Parses the file. The name may hold anything, also `) `: its end is the last parenthesis.
  init?(_ text: [UInt8]) {
    guard let open = text.firstIndex(of: 0x28), let close = text.lastIndex(of: 0x29), open < close
    else { return nil }
    // Fields from the third on: state, ppid, ... flags is the 9th, starttime the 22nd.
    let fields = text[(close + 1)...].split { $0 == 0x20 || $0 == 0x0A }
    // One more than needed: the start is whole only when something stands behind it.
    guard fields.count >= 21, fields[0].count == 1, let state = fields[0].first,
      let parent = Decimal.parse(fields[1]).flatMap({ Int32(exactly: $0) }),
      let flags = Decimal.parse(fields[6]), let threads = Decimal.parse(fields[17]),
      let start = Decimal.parse(fields[19])
    else { return nil }
    command = Array(text[(open + 1)..<close])
    self.state = state
    self.parent = parent
    startTicks = start
    // Printed as a signed number; a major number above 127 makes it no smaller than 2^15, never negative in practice.
    terminal = Decimal.parse(fields[4]).flatMap { UInt32(exactly: $0) } ?? 0
    self.threads = threads
    isKernelThread = flags & Self.kernelThreadFlag != 0
  }
}
