/// What every trace event begins with.
struct CommonFields: Hashable, Sendable {
  /// TRACE_FLAG_HARDIRQ, _SOFTIRQ, _NMI and _BH_OFF (include/linux/trace_events.h): whoever runs then is not who asked.
  static let interrupts: UInt64 = 0x08 | 0x10 | 0x40 | 0x80

  private let type: EventFormat.Field
  private let flags: EventFormat.Field
  private let task: EventFormat.Field

  init?(_ format: EventFormat) {
    guard let type = format["common_type"], let flags = format["common_flags"],
      let task = format["common_pid"]
    else { return nil }
    self.type = type
    self.flags = flags
    self.task = task
  }

  /// The number of the event's kind.
  func type(of record: EventRecord) -> UInt64? { record.number(type) }

  /// The running task's number (a thread's, in the first PID namespace), and whether it was interrupted: the event is
  /// then not its own.
  func task(of record: EventRecord) -> (number: Int32, isInterrupted: Bool)? {
    guard let flags = record.number(flags), let number = record.task(task) else { return nil }
    return (number, flags & Self.interrupts != 0)
  }
}
