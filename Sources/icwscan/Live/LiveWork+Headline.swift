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
    var tally = reporter.tally
    for slot in remembered.keys.sorted() {
      if let record = remembered[slot] { tally.note(reporter.redacted(record)) }
    }
    let lines = reporter.sentences(tally: tally, owners: owners, port: port)
    for line in lines where !headline.contains(line) && !line.hasSuffix("nothing seen") {
      try reporter.sentence(line)
    }
    headline = lines
  }
}
