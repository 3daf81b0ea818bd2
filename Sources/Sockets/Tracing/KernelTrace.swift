import Glibc

/// The kernel's own report of who opens sockets on a port, at the moment that it happens: also of processes that live
/// for less than a millisecond. Needs tracefs, thus root, and the first PID namespace.
final class KernelTrace {
  /// What is known of who opened a socket.
  enum Answer: Hashable {
    /// This process.
    case process(ProcessIdentity)
    /// A thread of the kernel.
    case kernel
    /// Several sockets fit, or somebody of whom nothing is known: no owner.
    case unclear
    /// The kernel told of nobody.
    case nobody
  }

  /// Size of the rings for each processor: some hundred events of the port, some thousand tasks between two looks.
  private static let sizes = (port: 64, tasks: 128)
  /// Events younger than this wait: another processor's ring may still get an older one, whose writer was interrupted.
  private static let settling: UInt64 = 1_000_000
  /// How often tasks are read when nobody asks.
  private static let taskInterval: UInt64 = 100_000_000
  /// Events of the port in a second from which on the ring is switched off for a while: a flood names nobody, and
  /// reading it takes time from the capture.
  private static let mostPerSecond = 20_000
  private static let pause: UInt64 = 5_000_000_000
  /// Pages read at once of one processor.
  private static let mostPages = 64
  /// Processes looked at in one go; of others the ledger tells.
  private static let mostWitnesses = 128

  private let portEvents: TraceInstance
  private let taskEvents: TraceInstance?
  private let portFormats: [UInt16: PortEventFormat]
  private let taskFormats: [UInt16: TaskEventFormat]
  private let commonType: CommonFields
  private var witnesses: WitnessReader
  private var table = OpeningTable()
  private var ledger = TaskLedger(since: BootTime.now)
  private var heldPortEvents: [(event: PortEvent, witness: ProcessWitness?)] = []
  private var heldTaskEvents: [TaskEvent] = []
  private var tasksRead: UInt64 = 0
  /// Every event of the port up to this time is in the table.
  private var settled: UInt64 = 0
  private var second: (number: UInt64, events: Int) = (0, 0)
  private var pausedUntil: UInt64?

  /// Begins to record; removes what dead makers left behind.
  ///
  /// - Throws: why the kernel does not tell.
  init(port: UInt16, proc: ProcRoot) throws(TraceObstacle) {
    guard Visibility(in: proc).seesEveryNamespace, let maker = ProcessKeyText(in: proc) else {
      throw .otherPIDNamespace
    }
    let root = try TraceFileSystem.open()
    TraceInstance.removeStale(in: root, proc: proc)
    let formats = TraceFormats(in: root)
    guard let layout = formats.layout, let common = formats.common, !formats.port.isEmpty else {
      throw .notInKernel
    }
    do throws(SystemError) {
      portEvents = try TraceInstance(
        in: root, maker: maker, purpose: "port", kibibytes: Self.sizes.port,
        events: formats.port.map { .init(path: $0.path, filter: $0.filter(port)) }, layout: layout)
    } catch {
      throw TraceObstacle(error)
    }
    taskEvents = try? TraceInstance(
      in: root, maker: maker, purpose: "tasks", kibibytes: Self.sizes.tasks,
      events: formats.tasks.map { .init(path: $0.path) }, layout: layout)
    portFormats = Dictionary(formats.port.map { ($0.format.identity, $0.format) }) { first, _ in
      first
    }
    taskFormats = Dictionary(formats.tasks.map { ($0.format.identity, $0.format) }) { first, _ in
      first
    }
    commonType = common
    witnesses = WitnessReader(proc: proc)
  }

  /// Descriptors that are readable when there is something to take.
  var descriptors: [Int32] { portEvents.rings.map(\.descriptor) }

  /// Takes what the kernel told; never waits.
  func take() {
    let now = BootTime.now
    if let until = pausedUntil {
      guard now >= until else { return }
      pausedUntil = nil
      portEvents.record(true)
    }
    takePortEvents(now)
    if now &- tasksRead >= Self.taskInterval { takeTasks(now) }
  }

  /// Who opened the connection, or sent the datagrams, from `local` to `peer`, of which a packet was seen at `time`
  /// (nanoseconds after boot). A socket that is known to be of another namespace does not count.
  func opener(
    isDatagram: Bool, local: SocketEndpoint, peer: SocketEndpoint, at time: UInt64,
    namespace: UInt64?
  ) -> Answer {
    take()
    let openings = table.openers(isDatagram: isDatagram, local: local, peer: peer, at: time)
    // Another namespace may have the same two ends. Somebody who was gone before it was seen which one he was in counts
    // only when nobody else can still turn up.
    if namespace != nil, openings.contains(where: { $0.witness?.namespace == nil }),
      settled < time || !isDatagram && table.isPending(to: peer, at: time)
    {
      return .unclear
    }
    return who(openings, at: time, namespace)
  }

  /// Who listened on `local` at `time`, in a namespace. Every namespace may have such a listener: one of which that is not
  /// known does not count.
  func listener(on local: SocketEndpoint, at time: UInt64, namespace: UInt64) -> Answer {
    let all = table.listeners(on: local, at: time)
    return who(
      all.filter { $0.witness?.namespace == namespace }, at: time, namespace, isListener: true)
  }

  /// Ends the recording and leaves nothing behind.
  func close() {
    portEvents.remove()
    taskEvents?.remove()
  }

  private func who(
    _ openings: [Opening], at time: UInt64, _ namespace: UInt64?, isListener: Bool = false
  ) -> Answer {
    var openings = openings.filter { opening in
      guard let namespace, let other = opening.witness?.namespace else { return true }
      return namespace == other
    }
    if openings.isEmpty { return .nobody }
    if !isListener || openings.count > 1 || openings.contains(where: { $0.witness == nil }) {
      takeTasks(BootTime.now)
    }
    if !isListener {
      // Who had ended before the packet came did not send it.
      let earliest = time > OpeningTable.slack ? time - OpeningTable.slack : 0
      openings.removeAll { opening in
        let process =
          opening.witness?.process?.pid ?? ledger.task(opening.task, at: opening.time)?.process
        return process.map { ledger.hasEnded($0, livingAt: opening.time, before: earliest) }
          ?? false
      }
    }
    // Nor did who began after it, whatever the kernel's report seems to say.
    let latest = BootTime.ticks(at: time &+ OpeningTable.slack)
    let answers = openings.map { answer($0) }.filter {
      if case .process(let process) = $0 { process.startTicks <= latest } else { true }
    }
    guard let first = answers.first else { return .nobody }
    let isOne = answers.allSatisfy { $0.isSame(as: first) }
    // The first that was read knows the most.
    return isOne ? answers.last { $0.isRead } ?? answers[answers.count - 1] : .unclear
  }

  private func answer(_ opening: Opening) -> Answer {
    if let witness = opening.witness {
      return witness.process.map { .process($0) } ?? .kernel
    }
    return witnesses.identity(of: opening.task, at: opening.time, from: ledger)
      .map { .process($0) } ?? .unclear
  }

  private func takePortEvents(_ now: UInt64) {
    var hasLost = false
    let held = heldPortEvents.count
    var room = Self.mostWitnesses
    for ring in portEvents.rings {
      for _ in 0..<Self.mostPages {
        guard let page = ring.next() else { break }
        if page.hasLost { hasLost = true }
        for record in page.events {
          guard let type = commonType.type(of: record).flatMap({ UInt16(exactly: $0) }),
            let event = portFormats[type]?.event(record)
          else { continue }
          // At once, while the process is there.
          var witness: ProcessWitness?
          if event.isOpening, room > 0 {
            room -= 1
            witness = witnesses.read(event.task, at: event.time)
          }
          heldPortEvents.append((event, witness))
        }
      }
    }
    count(heldPortEvents.count - held, now)
    if hasLost {
      table.noteLoss()
      heldPortEvents.removeAll()
    }
    settled = now > Self.settling ? now - Self.settling : 0
    heldPortEvents.sort { $0.event.time < $1.event.time }
    let ready = heldPortEvents.prefix { $0.event.time <= settled }
    for (event, witness) in ready { table.note(event, witness: witness) }
    heldPortEvents.removeFirst(ready.count)
  }

  private func count(_ events: Int, _ now: UInt64) {
    let number = now / 1_000_000_000
    second = (number, number == second.number ? second.events + events : events)
    guard second.events > Self.mostPerSecond else { return }
    portEvents.record(false)
    // Later a socket's end would be missing to what is still in the ring.
    for ring in portEvents.rings { while ring.next() != nil {} }
    pausedUntil = now &+ Self.pause
    table.noteLoss()
    heldPortEvents.removeAll()
    second = (0, 0)
  }

  private func takeTasks(_ now: UInt64) {
    guard let taskEvents else { return }
    tasksRead = now
    for ring in taskEvents.rings {
      for _ in 0..<Self.mostPages {
        guard let page = ring.next() else { break }
        if page.hasLost {
          ledger.noteLoss(before: page.time)
          heldTaskEvents.removeAll { $0.time < page.time }
        }
        for record in page.events {
          guard let type = commonType.type(of: record).flatMap({ UInt16(exactly: $0) }),
            let event = taskFormats[type]?.event(record)
          else { continue }
          heldTaskEvents.append(event)
        }
      }
    }
    let settled = now > Self.settling ? now - Self.settling : 0
    heldTaskEvents.sort { $0.time < $1.time }
    let ready = heldTaskEvents.prefix { $0.time <= settled }
    for event in ready { ledger.note(event) { witnesses.process(of: $0) } }
    heldTaskEvents.removeFirst(ready.count)
  }
}

extension KernelTrace.Answer {
  /// Whether it is a process that was named.
  fileprivate var isRead: Bool { if case .process(let one) = self { !one.hasEnded } else { false } }

  /// Whether both name one process.
  fileprivate func isSame(as other: Self) -> Bool {
    guard case .process(let one) = self, case .process(let two) = other else {
      return self == other
    }
    // Of a process that is gone the start may not be known.
    return one.pid == two.pid
      && (one.startTicks == two.startTicks || one.hasEnded || two.hasEnded)
  }
}

extension PortEvent {
  /// Whether the event's thread opened a socket with it.
  var isOpening: Bool {
    if isInterrupted { return false }
    switch kind {
    case .route: return true
    case .state(_, let from, let to):
      return from == Self.closed && (to == Self.synSent || to == Self.listening)
    }
  }
}
