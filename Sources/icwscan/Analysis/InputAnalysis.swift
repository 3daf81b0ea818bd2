import Captures
import Report
import Verdicts

/// The analysis of one small input by itself, on any thread.
struct InputAnalysis: Sendable {
  /// What came of an input.
  struct Result: Sendable {
    let totals: AnalysisTotals
    let collected: Reporter.Collected
    /// Bytes that were read.
    let bytes: UInt64
    /// Which file it was.
    let identity: FileIdentity?
  }

  /// Bytes of a file that is analysed by itself at most; larger ones are walked by all threads in their turn.
  private static let mostBytes = 16 * 1024 * 1024

  let context: VerdictContext
  let expression: String?
  let reporter: Reporter.Kind
  /// Where signals wait.
  let signals: Int32

  /// Whether an input is a file that one thread does by itself.
  static func isFor(_ input: InputList.Input) -> Bool {
    guard input.path != "-", let identity = FileIdentity(input.path) else { return false }
    return identity.size <= mostBytes
  }

  /// The result; nil when the run has to do it in its turn: it has much to tell, or a signal came.
  func result(of input: InputList.Input) -> Result? {
    guard !Signals.isWaiting(at: signals) else { return nil }
    let meter = ByteMeter()
    var reporter = Reporter(apart: reporter)
    let identity = FileIdentity(input.path)
    do {
      var run = try AnalysisRun(
        context: context, expression: expression, printsPackets: false, limit: nil, export: nil,
        isMergeable: false, signals: Signals(beside: signals), meter: meter, progress: nil,
        follows: false, resume: nil)
      run.spreads = false
      try run.analyze(input, isAlone: false, &reporter)
      guard !Signals.isWaiting(at: signals) else { return nil }
      return Result(
        totals: run.totals, collected: reporter.collected, bytes: meter.bytes, identity: identity)
    } catch {
      return nil
    }
  }
}

extension AnalysisRun {
  /// Inputs that are analysed before the first of them is told, for each processor.
  private static let together = 8

  /// Analyses the next inputs at the same time, as far as all of them are small; nothing where what is told of one hangs on
  /// the others, or where there is only one.
  func analyzeTogether(
    _ inputs: ArraySlice<InputList.Input>, _ reporter: borrowing Reporter
  ) -> [InputAnalysis.Result?] {
    guard inputs.count > 1, limit == nil, !printsPackets, !isMergeable,
      !follows, export == nil, let kind = reporter.kind
    else { return [] }
    let some = inputs.prefix(Self.together * Processors.count).prefix(while: InputAnalysis.isFor)
    guard some.count > 1 else { return [] }
    let analysis = InputAnalysis(
      context: context, expression: filters.expression, reporter: kind,
      signals: signals.descriptor)
    return Processors.map(Array(some), share: 1) { analysis.result(of: $0) }
  }

  /// Takes over what came of an input, and looks at the signals that came.
  mutating func take(_ result: InputAnalysis.Result, _ reporter: inout Reporter) throws {
    try reporter.take(result.collected)
    totals.add(result.totals)
    meter.add(Int(clamping: result.bytes))
    progress?.note(flows: reporter.tally.flows, packets: totals.counters.onPort)
    while let request = signals.next() {
      switch request {
      case .end: totals.isInterrupted = true
      case .counters: reporter.counters(totals.counters)
      case .flush, .reopen, .resized, .continued: break
      }
    }
  }
}
