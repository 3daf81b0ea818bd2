import Flows
import Packets
import Testing
import Verdicts

@testable import Report

/// Flows that several inputs hold are counted, and nothing else is.
@Suite struct SplitFlowsTests {
  /// A flow of a file that begins so many seconds after the first and lasts so long.
  private static func flow(
    _ file: String?, at begin: Int64, lasting seconds: Int64 = 1, transport: Transport = .tcp,
    begins: Bool = true, isReversed: Bool = false, member: String? = nil
  ) -> FlowRecord {
    let ends = (Samples.flow().client, Samples.flow().server)
    let start = Timestamp(nanoseconds: (1_000_000 + begin) * 1_000_000_000)
    var flow = Flow(
      number: 1, transport: transport, client: isReversed ? ends.1 : ends.0,
      server: isReversed ? ends.0 : ends.1, ground: begins ? .syn : .firstCaptured, first: start,
      firstPacket: Samples.flow().firstPacket)
    flow.last = Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    return FlowRecord(
      flow: flow, verdict: Samples.verdict(),
      origin: Origin(file: file.map { Array($0.utf8) }, member: member.map { Array($0.utf8) }))
  }

  private static func count(_ records: [FlowRecord]) -> Int {
    var whole = Tally()
    for record in records { whole.note(record) }
    // It makes no difference where they were added up: each by itself, or those of an input together.
    var sum = Tally()
    for record in records {
      var one = Tally()
      one.note(record)
      sum.add(one)
    }
    #expect(whole.split.count == sum.split.count)
    var inputs = Tally()
    for file in Set(records.compactMap(\.origin.file)) {
      var one = Tally()
      for record in records where record.origin.file == file { one.note(record) }
      inputs.add(one)
    }
    #expect(whole.split.count == inputs.split.count)
    return whole.split.count
  }

  @Test func `copies and pieces are counted, in either order`() {
    let whole = Self.flow("a", at: 0, lasting: 10)
    #expect(Self.count([whole, Self.flow("b", at: 0, lasting: 10)]) == 1)
    let rest = Self.flow("b", at: 12, begins: false, isReversed: true)
    #expect(Self.count([whole, rest]) == 1 && Self.count([rest, whole]) == 1)
    let third = Self.flow("c", at: 40, begins: false)
    #expect(Self.count([whole, rest, third]) == 2)
    let datagrams = Self.flow("a", at: 0, transport: .udp)
    #expect(Self.count([datagrams, Self.flow("b", at: 20, transport: .udp)]) == 1)
    // The ends are used once more in the second input.
    #expect(Self.count([whole, rest, Self.flow("b", at: 100)]) == 1)
    let members = ["m", "n"].map { Self.flow("a", at: 0, member: $0) }
    #expect(Self.count(members) == 1)
  }

  @Test func `what is another flow, or another part of one input, is not counted`() {
    let whole = Self.flow("a", at: 0, lasting: 10)
    #expect(Self.count([whole]) == 0)
    #expect(Self.count([whole, Self.flow("a", at: 5)]) == 0)
    #expect(Self.count([whole, Self.flow("b", at: 12)]) == 0)
    #expect(Self.count([whole, Self.flow("b", at: 90, begins: false)]) == 0)
    #expect(Self.count([whole, Self.flow("b", at: 0, transport: .udp)]) == 0)
    #expect(Self.count([Self.flow(nil, at: 0), Self.flow(nil, at: 0)]) == 0)
  }

  @Test func `what to do then is said`() {
    var tally = Tally()
    for file in ["a", "b"] { tally.note(Self.flow(file, at: 0)) }
    var summary = SummaryRecord(tally: tally, files: 2)
    summary.inputs = [Array("a".utf8), Array("b".utf8)]
    #expect(
      TextReport().summary(summary).contains(
        "next: 1 flow is the rest or the copy of one in another input; to tell each once: "
          + "icwscan analyze --join a b"))
    summary.isJoined = true
    #expect(!TextReport().summary(summary).contains { $0.contains("--join") })
  }
}
