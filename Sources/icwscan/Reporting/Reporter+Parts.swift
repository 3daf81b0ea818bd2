import Captures
import Flows
import Report

extension Reporter {
  /// Whether text leaves a flow that has its first verdict to the line of its scanner.
  mutating func hides(_ record: FlowRecord) -> Bool { foldsText && folding.hides(record) }

  /// Adds a flow that is over to the line of its scanner; whether text leaves it to that line.
  @discardableResult mutating func folds(_ record: FlowRecord) -> Bool {
    foldsText && folding.fold(record)
  }

  private var foldsText: Bool { !isJSON && !isDigest && grouping == nil }

  /// Writes a line for each scanner; those whose first flows were `told` as they came have one when there were more.
  mutating func writeFolded(told: Bool) throws(Output.Failure) {
    let others = folding.others
    for group in folding.take() where told ? text.isNews(group) : text.isUntold(group) {
      try writeHeading()
      for line in text.folded(group) { try output.line(line) }
    }
    if others > 0 { try output.line(text.foldedOthers(others)) }
  }

  /// Writes the lines of scanners that were silent for so long that they make room for others.
  mutating func writePassed() throws(Output.Failure) {
    for group in folding.takePassed() where text.isNews(group) {
      for line in text.folded(group) { try output.line(line) }
    }
  }

  /// Says what is read, for a report at the end.
  mutating func note(inputs: [String]) {
    for input in inputs {
      let input = RawPath.bytes(input)
      findings?.note(input: redactor?.redact(path: input) ?? input)
    }
  }
}
