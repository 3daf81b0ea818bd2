import Captures
import Packets
import Report
import Verdicts

extension Analyze {
  /// All inputs as one.
  func join(
    _ inputs: [InputList.Input], _ context: VerdictContext, _ expression: String?,
    _ export: consuming PacketExport?,
    _ surroundings: (signals: Signals, meter: ByteMeter, progress: Progress?),
    _ reporter: inout Reporter
  ) throws -> ExitStatus {
    let (signals, meter, progress) = surroundings
    let keepsFrames = write.file != nil
    var run = JoinedRun(
      context: context, limit: packets.count, export: export, signals: signals, progress: progress)
    var sources: [EventInput] = []
    let readAhead = ReadAhead()
    for input in inputs where !signals.asksToEnd() {
      let opener = CaptureOpener(
        input: input, port: port.port, expression: expression, keepsFrames: keepsFrames,
        signals: signals, meter: meter, readAhead: readAhead)
      do {
        sources.append(try opener.opened())
      } catch let error as CaptureError {
        if input.isPassedOver(error) {
          // As `CaptureSource` does for what it finds out later.
          var other = AnalysisTotals()
          other.skipped = 1
          run.add(other)
        } else if error.failure != .interrupted {
          run.note(ErrorRecord(error), &reporter)
        }
      }
    }
    return try run.run(sources, &reporter)
  }
}

/// Opens an input of a joined run: once for the time of its first frame, and again when its turn comes.
private struct CaptureOpener {
  let input: InputList.Input
  let port: UInt16
  let expression: String?
  let keepsFrames: Bool
  let signals: Signals
  let meter: ByteMeter
  let readAhead: ReadAhead

  /// The input with its time.
  func opened() throws -> EventInput {
    // What is read for the time alone is read again.
    let isFile = InputList.size([input]) != nil
    let source = try open(isFile ? ByteMeter() : meter)
    let first = source.firstTime()
    let opener = self
    // A pipe can't be opened twice.
    let kept = source.isRepeatable ? nil : source
    return EventInput(first: first, name: RawPath.bytes(input.path)) {
      try kept ?? opener.open(meter)
    }
  }

  private func open(_ meter: ByteMeter) throws(CaptureError) -> CaptureSource {
    let signals = signals
    return try CaptureSource(
      input, port: port, expression: expression, keepsFrames: keepsFrames,
      interrupt: Interrupt(descriptor: signals.descriptor, asksToEnd: { signals.asksToEnd() }),
      meter: meter, readAhead: readAhead)
  }
}
