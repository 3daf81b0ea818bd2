import CLinux

/// What the kernel's process connector tells of one process.
enum ProcessReport: Hashable {
  /// The kernel will tell what was asked for with this number, or won't, by its `errno`.
  case acknowledged(number: UInt32, failure: UInt32)
  /// A process, or a thread of it, was made; for a thread both are the same.
  case forked(parent: Int32, child: Int32)
  /// It runs another program.
  case executed(Int32)
  /// It gave itself another name.
  case renamed(Int32)
  /// It, or a thread of it, ended.
  case ended(Int32)

  /// Parses a datagram (include/uapi/linux/cn_proc.h); nil for anything else.
  init?(_ datagram: [UInt8]) {
    var report = linux_process_report()
    let isOne = unsafe datagram.withUnsafeBytes { bytes in
      unsafe linux_read_process_report(bytes.baseAddress, bytes.count, &report)
    }
    guard isOne else { return nil }
    switch Int(report.kind) {
    case LINUX_PROCESS_ACKNOWLEDGED:
      self = .acknowledged(number: report.number, failure: report.failure)
    case LINUX_PROCESS_FORKED: self = .forked(parent: report.parent, child: report.process)
    case LINUX_PROCESS_EXECUTED: self = .executed(report.process)
    case LINUX_PROCESS_RENAMED: self = .renamed(report.process)
    case LINUX_PROCESS_ENDED: self = .ended(report.process)
    default: return nil
    }
  }
}
