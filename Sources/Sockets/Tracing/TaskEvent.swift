/// What the kernel told of a thread. All numbers are of the first PID namespace.
struct TaskEvent: Hashable, Sendable {
  /// What happened.
  enum Kind: Hashable, Sendable {
    /// It was made by another, as a thread of that one's process or as a process.
    case began(by: Int32, isThread: Bool, command: [UInt8])
    /// It runs another program, and was called `previous` until then; the path is that of execve(2).
    case executed(path: [UInt8], previous: Int32)
    /// It ended, and its process with it when it was the last thread; older kernels don't tell.
    case ended(command: [UInt8], isLast: Bool)
  }

  /// Nanoseconds after boot.
  var time: UInt64
  /// The thread.
  var task: Int32
  /// What happened.
  var kind: Kind
}

/// The fields of the events that become a `TaskEvent`.
struct TaskEventFormat: Hashable, Sendable {
  private enum Origin: Hashable {
    case began(flags: EventFormat.Field, command: EventFormat.Field)
    case executed(path: EventFormat.Field, previous: EventFormat.Field)
    case ended(command: EventFormat.Field, isLast: EventFormat.Field?)
  }

  /// CLONE_THREAD (include/uapi/linux/sched.h).
  private static let thread: UInt64 = 0x0001_0000

  /// The number of the event's kind.
  let identity: UInt16
  private let common: CommonFields
  private let task: EventFormat.Field
  private let origin: Origin

  /// `task:task_newtask`, `sched:sched_process_exec` or `sched:sched_process_exit`, told apart by their fields; nil for
  /// another event.
  init?(_ format: EventFormat) {
    guard let common = CommonFields(format), let task = format["pid"] else { return nil }
    if let flags = format["clone_flags"], let command = format["comm"] {
      origin = .began(flags: flags, command: command)
    } else if let path = format["filename"], let previous = format["old_pid"] {
      origin = .executed(path: path, previous: previous)
    } else if let command = format["comm"] {
      origin = .ended(command: command, isLast: format["group_dead"])
    } else {
      return nil
    }
    identity = format.identity
    self.common = common
    self.task = task
  }

  /// The event in a record of this kind; nil when it is cut.
  func event(_ record: EventRecord) -> TaskEvent? {
    guard let task = record.task(task) else { return nil }
    let kind: TaskEvent.Kind
    switch origin {
    case .began(let flags, let command):
      guard let creator = common.task(of: record), let flags = record.number(flags),
        let command = record.text(command)
      else { return nil }
      kind = .began(by: creator.number, isThread: flags & Self.thread != 0, command: command)
    case .executed(let path, let previous):
      guard let path = record.distantText(path), let previous = record.task(previous) else {
        return nil
      }
      kind = .executed(path: path, previous: previous)
    case .ended(let command, let isLast):
      guard let command = record.text(command) else { return nil }
      kind = .ended(
        command: command, isLast: isLast.flatMap { record.number($0) }.map { $0 != 0 } ?? false)
    }
    return TaskEvent(time: record.time, task: task, kind: kind)
  }
}
