import Captures
import Flows
import Glibc
import Packets
import Report
import Roles
import Sockets
import Verdicts

/// A live capture from its first packet to its summary: one thread that waits for packets, signals and the clock.
struct LiveRun: ~Copyable {
  /// Frames taken from one device before the others and the signals have their turn.
  static let batch = 512
  /// How long the loop sleeps at most, in milliseconds: verdicts that wait for an answer are looked at so often.
  static let tick: Int32 = 200
  /// How long frames that wait are still taken at the end, in nanoseconds.
  static let lastLook: Int64 = 500_000_000
  /// So many of them are a flood, which is left after so many nanoseconds: by then the kernel has handed over what came
  /// before the end, and whoever pressed Ctrl-C shall wait less than a second.
  static let flood = (frames: 1_024, time: Int64(50_000_000))
  /// How long the rest of a flood is counted, of one device, in nanoseconds.
  static let lastCount: Int64 = 100_000_000
  /// How long flows that are no conversations have records of their end, in nanoseconds.
  static let lastRecords: Int64 = 150_000_000

  /// How long the signal of a helper's end is waited for, in nanoseconds.
  private static let patience: Int64 = 500_000_000

  private let devices: [LiveDevice]
  var work: LiveWork
  private let helper: HelperConnection
  private var output: LiveOutput
  private var signals = Signals([SIGINT, SIGTERM])
  let writesData: Bool
  private let screen: Screen?
  /// The table on the screen, while there is one.
  var view: LiveView?
  private var nextLook: Int64 = 0
  /// Whether `-w` keeps the packets.
  var keepsPackets = false
  /// The network namespace that `--netns` named, raw; nil without it.
  var namespace: [UInt8]?
  /// Whether the user asked for the end, and waits for it.
  private var isAwaited = false
  /// Frames that waited at the end and were not looked at.
  private var leftBehind = 0
  private let limit: Int?
  /// When the capture ends by itself, by the monotonic clock in nanoseconds; nil for not at all.
  private let end: Int64?
  /// The helper.
  private let parent = getppid()

  /// A run over open devices.
  init(
    devices: [LiveDevice], context: VerdictContext, owners: PortSurvey?, helper: HelperConnection,
    printsPackets: Bool, limit: Int?, duration: Int?, output: consuming LiveOutput,
    writesData: Bool, screen: Screen?
  ) {
    self.devices = devices
    self.helper = helper
    work = LiveWork(
      context: context, owners: owners, helper: helper, printsPackets: printsPackets)
    self.limit = limit
    end = duration.map { Clock.monotonic &+ Int64($0) * 1_000_000_000 }
    self.output = output
    self.writesData = writesData
    self.screen = screen
    if screen != nil { signals = Signals([SIGINT, SIGTERM, SIGWINCH, SIGCONT]) }
  }

  /// Captures until a signal, `-c` or the last device ends it, then writes the summary.
  mutating func run(_ reporter: inout Reporter) throws -> ExitStatus {
    Diagnostics.say(
      "capturing on \(devices.map { Escaped.text($0.name) }.joined(separator: ", ")), port \(work.port); Ctrl-C ends"
    )
    if let screen { beginView(screen, devices.map(\.name), &reporter) }
    var statuses: [ExitStatus] = []
    // A device that is gone may come back.
    loop: while devices.contains(where: { $0.presence != .over }) {
      try reporter.flush()
      wait()
      while let request = signals.next() {
        if request == .end {
          isAwaited = true
          break loop
        }
        view?.noteChange(isTakenBack: request == .continued)
      }
      if let end, Clock.monotonic >= end {
        isAwaited = true
        break
      }
      try listen(&reporter, &statuses)
      if helper.isGone { break }
      for device in open {
        do {
          if try take(device, &reporter) == nil { break loop }
        } catch let error as CaptureError {
          if error.failure == .deviceGone {
            device.noteGone()
            continue
          }
          device.noteFailure()
          try tell(error, &reporter, &statuses)
        }
      }
      try work.look(at: Clock.now, &reporter)
      if !show(&reporter) {
        isAwaited = true
        break loop
      }
      let now = Clock.monotonic
      if now >= nextLook {
        nextLook = now &+ Int64(Self.tick) * 1_000_000
        for device in open { device.tellState() }
        work.noteLosses(statistics(), at: Clock.now)
        if output.wantsStatistics { output.note(counts(), at: Clock.now) }
        if output.isReaderGone { break loop }
      }
      if let error = output.takeFailure() {
        try tell(error, &reporter, &statuses)
        break
      }
      if helper.isGone { break }
      if output.isOver {
        Diagnostics.say("-W: so many files were written, and the capture ends")
        break
      }
    }
    endView(&reporter)
    // What the kernel still holds was captured before the end; under a flood more comes for ever.
    if limit == nil { try takeLast(&reporter, &statuses) }
    // The helper's end comes as a signal, too.
    try listen(&reporter, &statuses)
    if helper.isGone {
      Diagnostics.say(
        "the process that keeps the rights is gone: the capture ends, with what was captured")
      statuses.append(.partial)
      leaveAtOnceOnSignal()
    }
    return try finish(&reporter, statuses)
  }

  /// Goes on in new files, for whoever has moved the written ones away.
  private mutating func reopen(
    _ reporter: inout Reporter, _ statuses: inout [ExitStatus]
  ) throws {
    output.reopen()
    guard writesData else { return }
    try reporter.flush()
    try tell(output.reopenData(), &reporter, &statuses)
  }

  /// Takes what the kernel has still to give: a batch may be on its way.
  private mutating func takeLast(
    _ reporter: inout Reporter, _ statuses: inout [ExitStatus]
  ) throws {
    let begin = Clock.monotonic
    let asked = Clock.now
    let batch = Int64(CaptureOptions.batchMilliseconds) * 2_000_000
    var taken = 0
    while true {
      try listen(&reporter, &statuses)
      var count = 0
      for device in open { count += (try? take(device, &reporter)) ?? 0 }
      let age = Clock.monotonic - begin
      taken += count
      let isFlood = taken >= Self.flood.frames && age >= Self.flood.time
      if age >= Self.lastLook || isFlood { return leave(asked) }
      if count == 0 && age >= batch { return }
      if count == 0 { wait(milliseconds: CaptureOptions.batchMilliseconds / 4) }
    }
  }

  /// Counts the frames that came before the end was asked for and are not looked at any more: they are dropped like those
  /// that found no room. What came later is none of this capture.
  private mutating func leave(_ asked: Timestamp) {
    for device in open {
      let end = Clock.monotonic &+ Self.lastCount
      var isOver = false
      while !isOver, Clock.monotonic < end,
        let count = try? device.device.read(
          most: Self.batch,
          { frame in
            isOver = frame.nanoseconds.map { $0 > asked.nanoseconds } ?? false
            return !isOver
          }),
        count > 0
      {
        leftBehind += isOver ? count - 1 : count
      }
    }
  }

  private mutating func finish(
    _ reporter: inout Reporter, _ statuses: [ExitStatus]
  ) throws -> ExitStatus {
    var statuses = statuses
    var counted = statistics()
    counted.dropped += leftBehind
    work.noteLosses(counted, at: Clock.now)
    try work.finish(&reporter, tellsOthersFor: isAwaited ? Self.lastRecords : nil)
    output.finish(counts(), at: Clock.now)
    try tell(output.takeFailure(), &reporter, &statuses)
    var summary = SummaryRecord(
      tally: reporter.tally, counters: work.counters(counted), owners: work.owners,
      port: work.port, time: Clock.now)
    summary.limit = limit.flatMap { work.onPort >= $0 ? $0 : nil }
    summary.namespace = namespace
    summary.isKept = keepsPackets
    try reporter.summary(summary)
    statuses.append(.found)
    if reporter.hasFailed { statuses.append(.failedOn) }
    if reporter.hasLostReport { statuses.append(.partial) }
    return ExitStatus.first(of: statuses)
  }

  /// Takes what the helper has to say.
  private mutating func listen(
    _ reporter: inout Reporter, _ statuses: inout [ExitStatus]
  ) throws {
    while let arrival = helper.next() {
      switch arrival.message {
      case .owner(let number, let answer): work.take(number, answer)
      case .counters: reporter.counters(work.counters(statistics()))
      case .flush: output.flush()
      case .reopen: try reopen(&reporter, &statuses)
      case .deviceGone(let place): device(place)?.noteGone()
      case .deviceBack(let place, let hardware): device(place)?.noteBack(hardware: hardware)
      default: if arrival.descriptor >= 0 { close(arrival.descriptor) }
      }
    }
  }

  private func device(_ place: UInt16) -> LiveDevice? { devices.first { $0.number == place } }

  /// From here on a signal ends the process as if nobody caught it: a helper that would end it at the second is gone.
  ///
  /// The kernel closes what the helper had open before it tells its child of the end by a signal: that one is waited
  /// for, or it would end the capture before anything is written.
  private func leaveAtOnceOnSignal() {
    let end = Clock.monotonic &+ Self.patience
    while getppid() == parent, Clock.monotonic < end { usleep(1_000) }
    while signals.next() != nil {}
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGINT)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  /// The devices of which frames can come.
  private var open: [LiveDevice] { devices.filter { $0.presence == .here } }

  private func wait(milliseconds: Int32 = tick) {
    var requests = open.map { pollfd(fd: $0.device.descriptor, events: Int16(POLLIN), revents: 0) }
    for descriptor in [helper.descriptor, signals.descriptor] {
      requests.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    if let view { requests.append(view.request) }
    var patience = view?.milliseconds(most: milliseconds) ?? milliseconds
    if let end {
      patience = min(patience, Int32(clamping: max(0, end &- Clock.monotonic) / 1_000_000 + 1))
    }
    _ = unsafe poll(&requests, UInt(requests.count), patience)
  }

  /// Takes what waits on a device, a batch at most; how many frames, or nil when `-c` is reached.
  private mutating func take(_ device: LiveDevice, _ reporter: inout Reporter) throws -> Int? {
    var failure: Output.Failure?
    let linkType = device.linkType
    let link = LinkType(number: linkType)
    let count = try device.device.read(most: Self.batch) { frame in
      do {
        try work.take(frame, device, linkType, link, &output, &reporter)
        return limit.map { work.onPort < $0 } ?? true
      } catch {
        failure = error as? Output.Failure
        return false
      }
    }
    if let failure { throw failure }
    return limit.map { work.onPort < $0 } ?? true ? count : nil
  }

  func statistics() -> CaptureStatistics {
    devices.reduce(into: CaptureStatistics()) { $0 += $1.device.statistics() }
  }

  /// What the kernel counted on each device.
  private func counts() -> [LiveOutput.Count] {
    devices.map {
      LiveOutput.Count(
        statistics: $0.device.statistics(), linkType: $0.linkType, interface: $0.number,
        name: $0.name)
    }
  }

  private func tell(
    _ error: CaptureError?, _ reporter: inout Reporter, _ statuses: inout [ExitStatus]
  ) throws {
    guard let error, error.failure != .brokenPipe || error.source != "-" else { return }
    statuses.append(.partial)
    try reporter.error(ErrorRecord(error))
  }
}
