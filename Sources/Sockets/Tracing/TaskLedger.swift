/// Threads that began, ran programs and ended lately, so that a process that is gone can still be named. Numbers are
/// given away again: an entry answers only for times at which it lived.
struct TaskLedger {
  /// A thread.
  struct Task: Hashable {
    /// Its number.
    var number: Int32
    /// The process that it belongs to; nil where its maker was not known.
    var process: Int32?
    /// Nanoseconds after boot; nil when it began before the watch did.
    var began: UInt64?
    /// Nanoseconds after boot; nil while it lives.
    var ended: UInt64?
    /// When the last thread of the process of this number ended; nil while one lives, and where the kernel does not
    /// tell.
    var processEnded: UInt64?
    /// What it called itself last; nil when unknown. Raw.
    var command: [UInt8]?
    /// The path that it, or before its birth its maker, gave to execve(2); nil without one since the watch began. Raw.
    var program: [UInt8]?
    /// The process that made it; nil when unknown.
    var maker: Int32?

    /// Whether it may have lived from its beginning to `end` at a time.
    fileprivate func lived(to end: UInt64?, at time: UInt64) -> Bool {
      (began.map { $0 <= time } ?? true) && (end.map { time <= $0 } ?? true)
    }
  }

  /// Entries kept; the oldest go first.
  static let limit = 16_384
  /// The longest name that a process gives itself (TASK_COMM_LEN without the NUL).
  private static let commandLimit = 15

  private var tasks: [Int32: Task] = [:]
  /// Numbers in the order of their entries, with holes where an entry was renewed.
  private var order: [(number: Int32, began: UInt64?)] = []
  /// From when on every event is known; nothing is concluded from silence about earlier times.
  private(set) var completeSince: UInt64

  /// A ledger that is kept from a time on.
  init(since time: UInt64) { completeSince = time }

  /// Number of entries.
  var count: Int { tasks.count }

  /// Events before `time` were lost: what began before it may have ended, or run another program, unseen.
  mutating func noteLoss(before time: UInt64) {
    completeSince = max(completeSince, time)
    tasks.removeAll()
    order.removeAll()
  }

  /// The entry of a thread, if it may have lived at `time`.
  func task(_ number: Int32, at time: UInt64) -> Task? {
    tasks[number].flatMap { $0.lived(to: $0.ended, at: time) ? $0 : nil }
  }

  /// The entry of a process, which is that of its first thread, if any of its threads may have lived at `time`.
  func process(_ number: Int32, at time: UInt64) -> Task? {
    tasks[number].flatMap { $0.lived(to: $0.processEnded, at: time) ? $0 : nil }
  }

  /// Whether the process that had this number at an earlier time is known to have ended before `time`.
  func hasEnded(_ process: Int32, livingAt earlier: UInt64, before time: UInt64) -> Bool {
    guard let task = tasks[process] else { return false }
    // The number is another's by now.
    if let began = task.began, began > earlier { return began < time }
    return task.processEnded.map { $0 < time } ?? false
  }

  /// Takes one event; they come in the order of their times. `process` tells the process of a thread that is older than
  /// the ledger.
  mutating func note(_ event: TaskEvent, process: (Int32) -> Int32?) {
    switch event.kind {
    case .began(let creator, let isThread, let command):
      if tasks[creator] == nil {
        enter(Task(number: creator, process: process(creator)))
      }
      let maker = tasks[creator]
      enter(
        Task(
          number: event.task, process: isThread ? maker?.process : event.task, began: event.time,
          command: command, program: program(of: maker), maker: maker?.process))
    case .executed(let path, let previous):
      // The thread that runs a program becomes its process's first, and takes over its number.
      var task = tasks[event.task] ?? Task(number: event.task)
      task.process = event.task
      task.program = path
      task.ended = nil
      task.processEnded = nil
      task.command = Array(path.split(separator: 0x2F).last?.prefix(Self.commandLimit) ?? [])
      if previous != event.task { tasks[previous] = nil }
      if tasks[event.task] == nil { enter(task) } else { tasks[event.task] = task }
    case .ended(let command, let isLast):
      var task = tasks[event.task] ?? Task(number: event.task)
      task.command = command
      task.ended = event.time
      if tasks[event.task] == nil { enter(task) } else { tasks[event.task] = task }
      if isLast, let process = task.process { tasks[process]?.processEnded = event.time }
    }
  }

  /// What a thread runs is what its process runs.
  private func program(of task: Task?) -> [UInt8]? {
    guard let task else { return nil }
    return task.process.flatMap { tasks[$0]?.program } ?? task.program
  }

  private mutating func enter(_ task: Task) {
    tasks[task.number] = task
    order.append((task.number, task.began))
    guard order.count > Self.limit else { return }
    // Half of them at once: an array's head is dear to cut.
    for (number, began) in order.prefix(Self.limit / 2) {
      guard let known = tasks[number], known.began == began else { continue }
      completeSince = max(completeSince, known.ended ?? known.began ?? completeSince)
      tasks[number] = nil
    }
    order.removeFirst(Self.limit / 2)
  }
}
