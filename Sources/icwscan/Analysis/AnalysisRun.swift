import Captures
import Glibc
import Packets
import Report
import Verdicts

/// All inputs of one `analyze`, one behind the other.
struct AnalysisRun: ~Copyable {
  /// Frames of the port between two looks at flows that ended, within a segment.
  private static let mostUntold = 4_096

  let context: VerdictContext
  var filters: FilterSet
  let printsPackets: Bool
  let limit: Int?
  var export: PacketExport?
  private let waitsForVerdicts: Bool
  let isMergeable: Bool
  var totals = AnalysisTotals()
  let signals: Signals
  let meter: ByteMeter
  let follows: Bool
  var progress: Progress?
  private let resume: ResumeState?
  /// Whether other processors may help: not where they have inputs of their own.
  var spreads = true

  /// A run; `limit` is the number of the port's packets after which it stops.
  init(
    context: VerdictContext, expression: String?, printsPackets: Bool, limit: Int?,
    export: consuming PacketExport?, isMergeable: Bool, signals: Signals,
    meter: ByteMeter, progress: Progress?, follows: Bool, resume: ResumeState?
  ) throws {
    self.signals = signals
    self.resume = resume
    self.meter = meter
    self.follows = follows
    self.progress = progress
    self.isMergeable = isMergeable
    self.context = context
    filters = FilterSet(expression)
    self.printsPackets = printsPackets
    self.limit = limit
    waitsForVerdicts = export?.waitsForVerdicts ?? false
    self.export = export
  }

  /// Reads every input and writes its flows, then the summary.
  mutating func run(
    _ inputs: [InputList.Input], isAlone: Bool, named: [String], _ reporter: inout Reporter
  ) throws -> ExitStatus {
    totals.isEndless = follows
    let unreadBefore = resume?.totals.failed ?? 0
    if let resume {
      totals.add(resume.totals)
      reporter.add(resume.tally)
      if resume.totals.failed > 0 {
        Diagnostics.say(
          "\(resume.totals.failed) damaged or unreadable in what was done before: named by the run that read it"
        )
      }
    }
    var ahead: ArraySlice<InputAnalysis.Result?> = []
    for (index, input) in inputs.enumerated() where !totals.isInterrupted && !totals.isFull(limit) {
      if ahead.isEmpty { ahead = analyzeTogether(inputs[index...], reporter)[...] }
      let result = ahead.popFirst() ?? nil
      var before = totals.filesRead
      try analyzeAndNote(input, result, isAlone: isAlone, &reporter)
      // A file that was moved away or cut back is followed by the next one of its name.
      while follows, totals.filesRead > before, try isNextThere(input.path, &reporter) {
        before = totals.filesRead
        try analyze(input, isAlone: true, &reporter)
      }
    }
    progress?.finish(flows: reporter.tally.flows, packets: totals.counters.onPort)
    if let failure = export?.finish() ?? nil { try fail(failure, &reporter) }
    if totals.filesRead == 0, totals.failed == 0 || totals.skipped > 0, !totals.isInterrupted {
      Diagnostics.say(
        "no capture found in \(named.map { Escaped.path($0) }.joined(separator: ", ")): "
          + "name a pcap or pcapng file, or another folder")
    }
    if totals.isInterrupted, !follows { try reporter.error(ErrorRecord(.interrupted)) }
    var summary = SummaryRecord(
      tally: reporter.tally, counters: totals.counters, port: context.port,
      files: totals.filesRead, otherFiles: totals.skipped, doneBefore: resume?.doneBefore)
    summary.emptyFiles = totals.empty
    summary.unread = unreadBefore
    summary.limit = totals.isFull(limit) ? limit : nil
    if totals.filesRead > 0 { try reporter.summary(summary) } else { try reporter.report(summary) }
    return totals.status(reporter)
  }

  /// Analyses an input, unless there is a `result` of it, and notes in the state file, if there is one, that it is done and
  /// what it came to.
  private mutating func analyzeAndNote(
    _ input: InputList.Input, _ result: InputAnalysis.Result?, isAlone: Bool,
    _ reporter: inout Reporter
  ) throws {
    let before = totals
    totals.beginInput()
    let identity = resume == nil ? nil : result?.identity ?? FileIdentity(input.path)
    if resume != nil { reporter.beginInput() }
    if let result {
      try take(result, &reporter)
    } else {
      try analyze(input, isAlone: isAlone, &reporter)
    }
    guard let resume else { return }
    // A second reading may have been cut short by a signal that nobody has taken yet.
    guard !totals.isInterrupted, !signals.asksToEnd(), let tally = reporter.inputTally,
      let identity, identity == FileIdentity(input.path)
    else { return }
    try reporter.flush()
    if !resume.note(input, identity, totals.since(before), tally) { totals.failed += 1 }
  }

  /// Analyses everything that an input holds.
  mutating func analyze(
    _ input: InputList.Input, isAlone: Bool, _ reporter: inout Reporter
  ) throws {
    var container: CaptureContainer
    do throws(CaptureError) {
      let signals = signals
      container = try CaptureContainer(
        path: input.path,
        interrupt: Interrupt(descriptor: signals.descriptor, asksToEnd: { signals.asksToEnd() }),
        meter: meter, follows: follows)
    } catch {
      return try noteUnopened(input, error, &reporter)
    }
    var place = 0
    var ahead: UInt64 = 0
    var hasFailed = false
    while !totals.isInterrupted, !totals.isFull(limit) {
      do {
        guard let file = try container.next() else { break }
        if !isAlone || container.isArchive { reporter.headNext(file.name, member: file.member) }
        let read = try analyze(
          file, place: place,
          isRepeatable: container.isRepeatable && ahead <= SecondReading.mostAhead,
          &reporter)
        ahead &+= read
      } catch let error as CaptureError {
        hasFailed = true
        try noteUnopened(input, error, &reporter)
      }
      place += 1
    }
    if place > 0 { totals.skipped += container.passedOver }
    if container.isArchive, place == 0, !hasFailed, !totals.isInterrupted {
      let error = CaptureError(source: input.path, failure: .empty)
      try noteUnopened(input, error, &reporter)
    }
  }

  /// Waits for a file of a name that was moved away; false when the end is asked for or reached.
  private mutating func isNextThere(_ path: String, _ reporter: inout Reporter) throws -> Bool {
    while !totals.isInterrupted, !totals.isFull(limit) {
      if unsafe access(RawPath.terminated(path), F_OK) == 0 { return true }
      try reporter.flush()
      var request = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&request, 1, 200)
      while let request = signals.next() { if request == .end { totals.isInterrupted = true } }
    }
    return false
  }

  /// Notes an input, or a member of one, that could not be read at all. What a folder holds need not be a capture.
  private mutating func noteUnopened(
    _ input: InputList.Input, _ error: CaptureError, _ reporter: inout Reporter
  ) throws {
    if error.failure == .interrupted {
      while let request = signals.next() { if request == .end { totals.isInterrupted = true } }
    } else if input.isPassedOver(error) {
      totals.skipped += 1
    } else {
      try fail(error, &reporter)
    }
  }

  /// Reads one capture to its end; says how many bytes that took.
  private mutating func analyze(
    _ file: consuming CaptureFile, place: Int, isRepeatable: Bool, _ reporter: inout Reporter
  ) throws -> UInt64 {
    var file = file
    let path = file.name
    let version = FileVersion(path)
    let origin = Origin(
      file: RawPath.bytes(path), member: file.member, digits: file.isNanosecond ? 9 : 6)
    if follows, file.isUnpacked {
      throw CaptureError(source: path, failure: .compressed)
    }
    var analysis = FileAnalysis(
      origin: origin, context: context, isRepeatable: isRepeatable && !follows,
      comments: waitsForVerdicts ? FlowComments() : nil)
    analysis.tellsAtOnce = follows
    analysis.spreads = spreads
    var failure: CaptureError?
    do {
      try readAll(&file, &analysis, origin, &reporter)
      failure = file.passedDamage
    } catch let error as CaptureError {
      failure = error
    }
    analysis.note(span: FrameSpan(file))
    let port = context.port
    let signals = signals
    let frames = file.frameCount
    try analysis.finish(&reporter) { hosts in
      // Another file of this name would lend its traffic to the flows of the first.
      guard isRepeatable, version == FileVersion(path) else { return nil }
      let view = SecondReading.view(
        of: path, place: place, frames: frames, hosts: hosts, port: port,
        isToEnd: { signals.asksToEnd() })
      return version == FileVersion(path) ? view : nil
    }
    export?.settle(analysis.comments)
    if isMergeable { try finishMergeable(analysis, origin, &reporter) }
    totals.addFile(analysis.counters)
    if let failure { try fail(failure, &reporter) }
    return file.bytesRead
  }

  private mutating func readAll(
    _ file: inout CaptureFile, _ analysis: inout FileAnalysis, _ origin: Origin,
    _ reporter: inout Reporter
  ) throws {
    var pending: (any Error)?
    var idle = (seconds: 0, frames: 0)
    var walk = segmentWalk()
    while true {
      var failure: CaptureError?
      var untold = 0
      do {
        try walk.read(&file) { frame in
          do {
            guard try take(frame, &analysis, origin, &reporter) else { return true }
            untold += 1
            if untold % Self.mostUntold == 0 { try tell(&analysis, &reporter) }
            return !isOver(analysis)
          } catch {
            pending = error
            return false
          }
        }
      } catch {
        failure = error
      }
      analysis.pass(upTo: file.frameCount, file.last)
      if let pending { throw pending }
      if let failure {
        // A signal woke the reader of a pipe; what it asks for is looked at below.
        if failure.failure != .interrupted { throw failure }
        if follows {
          // Each second without a frame ends a read so.
          idle = (file.frameCount == idle.frames ? idle.seconds + 1 : 0, file.frameCount)
          analysis.expire(after: idle.seconds)
        }
      }
      try tell(&analysis, &reporter)
      if file.hasEnded || isOver(analysis) { return }
    }
  }

  private func isOver(_ analysis: borrowing FileAnalysis) -> Bool {
    totals.isInterrupted || totals.isFull(limit, with: analysis.onPort)
  }

  /// Tells what is known by now, and looks at the signals that came.
  private mutating func tell(
    _ analysis: inout FileAnalysis, _ reporter: inout Reporter
  ) throws {
    try analysis.settle(&reporter)
    if follows { try reporter.flush() }
    if let request = signals.next() { note(request, analysis, reporter) }
    progress?.note(
      flows: reporter.tally.flows, packets: totals.counters.onPort + analysis.onPort)
  }

  private mutating func note(
    _ request: Signals.Request, _ analysis: borrowing FileAnalysis, _ reporter: borrowing Reporter
  ) {
    switch request {
    case .end: totals.isInterrupted = true
    case .counters: reporter.counters(totals.counters(with: analysis.counters))
    case .flush: export?.flush()
    case .reopen: if Terminal.isGone { totals.isInterrupted = true }
    case .resized, .continued: break
    }
  }

  private mutating func fail(_ failure: CaptureError, _ reporter: inout Reporter) throws {
    totals.failed += 1
    try reporter.error(ErrorRecord(failure))
  }
}
