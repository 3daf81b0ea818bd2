import Flows
import Packets
import Testing

@testable import Verdicts

/// A capture that loses packets: what is not there then shows nothing.
@Suite struct LossTests {
  private func lossy(_ build: (inout Builder) -> Void = { _ in }, _ builder: Builder) -> Verdict {
    var builder = builder
    build(&builder)
    builder.flow.mayLackPackets = true
    return builder.verdict()
  }

  @Test(arguments: [TCPState.synSent, .established, .synReceived])
  func `Silence shows nothing, and what is missing is said`(_ state: TCPState) {
    var builder = Builder(state: state)
    if state != .synSent { builder.count(.server, packets: 1) }
    let whole = builder.verdict()
    #expect(!whole.has(.captureLosses) && !whole.missing.contains(.droppedPackets))
    let verdict = lossy({ _ in }, builder)
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.has(.captureLosses))
    for item in [EvidenceItem.unanswered, .silent, .givenUp] { #expect(!verdict.has(item)) }
    #expect(verdict.missing.contains(.droppedPackets))
  }

  @Test func `A request that may have been lost makes no backscatter`() {
    let builder = Builder(
      ground: .synAck, flags: [.syn, .ack], side: .server, state: .synReceived)
    #expect(builder.verdict().verdictClass == .backscatter)
    let verdict = lossy({ _ in }, builder)
    #expect(verdict.verdictClass == .undetermined && verdict.missing.contains(.droppedPackets))
  }

  @Test func `A positive mark and a refusal stay what they are`() {
    let zmap = Builder(
      window: 65_535, options: TCPOptions(), identification: 54_321, state: .synSent)
    #expect(lossy({ _ in }, zmap).verdictClass == .scan)
    let refused = lossy({ _ in }, Builder(state: .refused))
    #expect(refused.has(.refused) && !refused.has(.captureLosses))
  }

  @Test func `A recognised protocol keeps its name and says what may be missing`() {
    let verdict = lossy({ $0.speakSSH() }, Builder())
    #expect(verdict.application == "ssh" && verdict.missing.contains(.droppedPackets))
  }

  @Test func `Wrong checksums are said to leave open what was sent`() {
    var builder = Builder()
    builder.speakSSH()
    #expect(!builder.verdict().missing.contains(.rightChecksums))
    builder.flow.serverCounters.wrongChecksums = 1
    let verdict = builder.verdict()
    #expect(verdict.application == "ssh" && verdict.missing.contains(.rightChecksums))
  }

  @Test func `A flow may lack packets when the counter rose around it`() {
    func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: Int64(seconds * 1e9)) }
    func flow(_ first: Double, _ last: Double) -> Flow {
      var flow = Builder(at: time(first)).flow
      flow.last = time(last)
      return flow
    }
    var ledger = LossLedger(from: time(0))
    for (second, lost) in [(10.0, 0), (20, 0), (20.2, 5), (30, 5), (40, 5)] {
      ledger.note(lost: lost, at: time(second))
    }
    #expect(!ledger.touches(flow(1, 18)))
    #expect(ledger.touches(flow(1, 19.5)))
    #expect(ledger.touches(flow(20.1, 20.1)))
    #expect(ledger.touches(flow(1, 40)))
    #expect(ledger.touches(flow(21, 22)))
    #expect(!ledger.touches(flow(22, 40)))
    // A counter that falls back was another device's, not a gain.
    ledger.note(lost: 3, at: time(50))
    ledger.note(lost: 5, at: time(60))
    #expect(!ledger.touches(flow(45, 58)))
  }

  @Test func `Very many losses are kept coarsely and none is forgotten`() {
    func time(_ seconds: Int) -> Timestamp {
      Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
    }
    var ledger = LossLedger(from: time(0))
    for round in 1...2_000 {
      ledger.note(lost: round, at: time(round * 10))
      ledger.note(lost: round, at: time(round * 10 + 5))
    }
    for second in stride(from: 8, to: 20_000, by: 10) {
      #expect(ledger.touches(Builder(at: time(second)).flow), "\(second)")
    }
  }
}
