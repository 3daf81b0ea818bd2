import Captures
import Flows
import Glibc
import Packets
import Report
import Sockets
import Verdicts

/// A live capture from its first packet to its summary: one thread that waits for packets, signals and the clock.
struct LiveRun: ~Copyable {
  /// Frames taken from one device before the others and the signals have their turn.
  static let batch = 512
  /// How long the loop sleeps at most, in milliseconds: verdicts that wait for an answer are looked at so often.
  static let tick: Int32 = 200
  /// How long frames that wait are still taken at the end, in nanoseconds.
  static let lastLook: Int64 = 300_000_000

  private let devices: [LiveDevice]
  private var work: LiveWork
  private let attributor: Attributor
  private var writer: CaptureWriter?
  private var signals = Signals()
  private var nextLook = Timestamp(nanoseconds: 0)
  private let limit: Int?
  private let began = Clock.now

  /// A run over open devices.
  init(
    devices: [LiveDevice], context: VerdictContext, owners: PortSurvey?, attributor: Attributor,
    printsPackets: Bool, limit: Int?, writer: consuming CaptureWriter?
  ) {
    self.devices = devices
    self.attributor = attributor
    work = LiveWork(
      context: context, owners: owners, attributor: attributor, printsPackets: printsPackets)
    self.limit = limit
    self.writer = writer
  }

  /// Captures until a signal, `-c` or the last device ends it, then writes the summary.
  mutating func run(_ reporter: inout Reporter) throws -> ExitStatus {
    Diagnostics.say(
      "capturing on \(devices.map { Escaped.text($0.name) }.joined(separator: ", ")), port \(work.port); Ctrl-C ends"
    )
    var open = devices
    var statuses: [ExitStatus] = []
    loop: while !open.isEmpty {
      try reporter.flush()
      wait(open)
      // First of all: who opened a socket may be gone a moment later.
      attributor.take()
      while let request = signals.next() {
        switch request {
        case .end: break loop
        case .counters: reporter.counters(work.counters(statistics()))
        case .flush: try tell(writer?.flush() ?? nil, &reporter, &statuses)
        case .reopen: try tell(writer?.reopen() ?? nil, &reporter, &statuses)
        }
      }
      for device in open {
        do {
          if try take(device, &reporter) == nil { break loop }
        } catch let error as CaptureError {
          try tell(error, &reporter, &statuses)
          open.removeAll { $0 === device }
        }
      }
      // What can't be written any more is no capture; a reader of `-w -` that went away has seen enough.
      if writer?.failure != nil { break loop }
      let now = Clock.now
      try work.look(at: now, &reporter)
      if now >= nextLook {
        nextLook = Timestamp(nanoseconds: now.nanoseconds &+ Int64(Self.tick) * 1_000_000)
        for device in open { device.tellState() }
        work.noteLosses(statistics(), at: now)
        if writer?.isReaderGone ?? false { break loop }
      }
    }
    // What the kernel still holds was captured before the end; under a flood more comes for ever.
    if limit == nil { takeLast(open, &reporter) }
    leaveAtOnceOnSecondSignal()
    return try finish(&reporter, statuses)
  }

  /// Takes what the kernel has still to give: a batch may be on its way.
  private mutating func takeLast(_ open: [LiveDevice], _ reporter: inout Reporter) {
    let begin = Clock.now
    let batch = Int64(CaptureOptions.batchMilliseconds) * 2_000_000
    while true {
      attributor.take()
      var count = 0
      for device in open { count += (try? take(device, &reporter)) ?? 0 }
      let age = Clock.now.nanoseconds(since: begin)
      if age >= Self.lastLook || (count == 0 && age >= batch) { return }
      if count == 0 { wait(open, milliseconds: CaptureOptions.batchMilliseconds / 4) }
    }
  }

  private mutating func finish(
    _ reporter: inout Reporter, _ statuses: [ExitStatus]
  ) throws -> ExitStatus {
    var statuses = statuses
    let counted = statistics()
    work.noteLosses(counted, at: Clock.now)
    try work.finish(&reporter)
    attributor.close()
    for device in devices {
      let linkType = device.device.linkType
      writer?.writeStatistics(
        device.device.statistics(), nanoseconds: Clock.now.nanoseconds, since: began.nanoseconds,
        linkType: linkType, interface: device.number, name: device.name)
    }
    try tell(writer?.finish() ?? nil, &reporter, &statuses)
    try reporter.summary(
      SummaryRecord(
        tally: reporter.tally, counters: work.counters(counted), owners: work.owners,
        port: work.port,
        time: Clock.now))
    statuses.append(.found)
    if reporter.hasFailed { statuses.append(.failedOn) }
    if reporter.hasLostReport { statuses.append(.partial) }
    return ExitStatus.first(of: statuses)
  }

  /// From here on a signal ends the program as if nobody caught it.
  private func leaveAtOnceOnSecondSignal() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGINT)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  private func wait(_ open: [LiveDevice], milliseconds: Int32 = tick) {
    var requests = open.map { pollfd(fd: $0.device.descriptor, events: Int16(POLLIN), revents: 0) }
    for descriptor in attributor.descriptors + [signals.descriptor] {
      requests.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    _ = unsafe poll(&requests, UInt(requests.count), milliseconds)
  }

  /// Takes what waits on a device, a batch at most; how many frames, or nil when `-c` is reached.
  private mutating func take(_ device: LiveDevice, _ reporter: inout Reporter) throws -> Int? {
    var failure: Output.Failure?
    let linkType = device.device.linkType
    let link = LinkType(number: linkType)
    let count = try device.device.read(most: Self.batch) { frame in
      do {
        try work.take(frame, device, linkType, link, &writer, &reporter)
        return limit.map { work.onPort < $0 } ?? true
      } catch {
        failure = error as? Output.Failure
        return false
      }
    }
    if let failure { throw failure }
    return limit.map { work.onPort < $0 } ?? true ? count : nil
  }

  private func statistics() -> CaptureStatistics {
    devices.reduce(into: CaptureStatistics()) { $0 += $1.device.statistics() }
  }

  private func tell(
    _ error: CaptureError?, _ reporter: inout Reporter, _ statuses: inout [ExitStatus]
  ) throws {
    guard let error, error.failure != .brokenPipe || error.source != "-" else { return }
    statuses.append(.partial)
    try reporter.error(ErrorRecord(error))
  }
}
