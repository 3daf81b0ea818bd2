import Flows
import Packets
import Report
import Sockets

/// The sentence that says what is on the port.
extension LiveWork {
  /// Prints the sentence again when the answer has changed.
  mutating func sayHeadline(_ reporter: inout Reporter) throws(Output.Failure) {
    guard isHeadlineStale, !reporter.isJSON, Clock.monotonic >= nextHeadline else { return }
    isHeadlineStale = false
    defer { nextHeadline = Clock.monotonic &+ Self.headlinePause }
    let sentences = reporter.sentences(tally: tally(reporter), owners: owners, port: port)
    for lines in sentences where !headline.contains(lines) {
      // A sentence is said as a whole: some of its lines alone would say nothing.
      for line in lines where !line.hasSuffix("nothing seen") { try reporter.sentence(line) }
    }
    headline = sentences
  }
}
