import Glibc

/// Reads who a thread is, at once when the kernel names it.
struct WitnessReader {
  /// How long a reading stands for the same thread, in nanoseconds: one that opens many sockets in a row.
  private static let validity: UInt64 = 10_000_000
  private static let limit = 1_024

  private let proc: ProcRoot
  private let clock: BootClock?
  private var readings: [Int32: (witness: ProcessWitness, time: UInt64)] = [:]

  init(proc: ProcRoot) {
    self.proc = proc
    if let directory = try? proc.open() {
      clock = BootClock(in: directory)
    } else {
      clock = nil
    }
  }

  /// Who thread `task` is, which ran at `time` (nanoseconds after boot); nil when it is gone, or when its number is
  /// another's by now.
  mutating func read(_ task: Int32, at time: UInt64) -> ProcessWitness? {
    let now = BootTime.now
    if let known = readings[task], now &- known.time < Self.validity,
      known.witness.process.map({ $0.startTicks <= BootTime.ticks(at: time) }) ?? true
    {
      return known.witness
    }
    let witness = look(task, at: time)
    if readings.count >= Self.limit { readings.removeAll() }
    readings[task] = witness.map { ($0, now) }
    return witness
  }

  /// The process of a thread that is there now.
  func process(of task: Int32) -> Int32? {
    guard let proc = try? proc.open() else { return nil }
    return ProcessFiles(pid: task, in: proc)?.process
  }

  private func look(_ task: Int32, at time: UInt64) -> ProcessWitness? {
    guard let proc = try? proc.open(), let files = ProcessFiles(pid: task, in: proc),
      let stat = files.stat, stat.startTicks <= BootTime.ticks(at: time)
    else { return nil }
    if stat.isKernelThread { return ProcessWitness() }
    let namespace = NamespaceSearch.inode(try? files.directory.link("ns/net"))
    guard let process = files.process,
      let identity = ProcessIdentity.read(pid: process, in: proc, clock: clock, users: .host),
      identity.startTicks <= BootTime.ticks(at: time)
    else { return nil }
    return ProcessWitness(process: identity, namespace: namespace)
  }

  /// A process that is gone, by what the kernel told of its life; nil when that is too little.
  func identity(of task: Int32, at time: UInt64, from ledger: TaskLedger) -> ProcessIdentity? {
    guard let thread = ledger.task(task, at: time), let process = thread.process,
      let entry = ledger.process(process, at: time)
    else { return nil }
    let program = entry.program ?? makersProgram(entry, ledger)
    guard
      let command = entry.command ?? program.map({ Array($0.split(separator: 0x2F).last ?? []) })
    else { return nil }
    var identity = ProcessIdentity(
      pid: process, startTicks: entry.began.map { BootTime.ticks(at: $0) } ?? 0,
      startTime: entry.began.map { BootTime.realTime(at: $0) }, command: command,
      // A path that does not begin at the root says nothing without the directory of that moment.
      executable: program?.first == UInt8(ascii: "/") ? program : nil, parent: entry.maker ?? 0)
    identity.hasEnded = true
    return identity
  }

  /// Who was forked and ran no other program runs its maker's, which is that of now as long as the maker ran no other
  /// either.
  private func makersProgram(_ entry: TaskLedger.Task, _ ledger: TaskLedger) -> [UInt8]? {
    guard let began = entry.began, began >= ledger.completeSince, let maker = entry.maker,
      let proc = try? proc.open(), let files = ProcessFiles(pid: maker, in: proc),
      let stat = files.stat, stat.startTicks <= BootTime.ticks(at: began),
      ledger.process(maker, at: began)?.program == nil
    else { return nil }
    return files.executable?.path
  }
}

extension ProcessFiles {
  /// The process that this thread belongs to (`Tgid:` in /proc/PID/status).
  var process: Int32? {
    guard let status = try? directory.contents(of: "status", limit: 8_192) else { return nil }
    return StatusText.numbers(after: "Tgid:", in: status).first.flatMap { Int32(exactly: $0) }
  }
}
