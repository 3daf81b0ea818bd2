import CallWaiting
import Flows
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct WordsTests {
  @Test(arguments: EvidenceItem.allCases) func `every item of evidence has words`(
    _ item: EvidenceItem
  ) {
    #expect(Words.of(item) != item.rawValue)
    #expect(Words.of(item).count > 5)
  }

  @Test func `every other case has words of its own`() {
    expectDistinct(VerdictClass.allCases.map { Words.of($0) })
    expectDistinct(Missing.allCases.map { Words.of($0) })
    expectDistinct(MissingOwner.allCases.map { Words.of($0) })
    expectDistinct(ErrorRecord.Kind.allCases.map { Words.of($0) })
    expectDistinct(ClientGround.allCases.map { Words.of($0) })
    expectDistinct(FlowEnd.allCases.map { Words.of($0) })
    expectDistinct(TCPState.allCases.map { Words.of($0) })
    expectDistinct(PortRole.allCases.map { Words.of($0) })
    expectDistinct(Call.Choice.known.map { Words.of($0) })
    expectDistinct(Call.Outcome.known.map { Words.of($0) })
    expectDistinct(Malformed.Layer.allCases.map { LayerWords.of($0) })
    expectDistinct(Malformed.Reason.allCases.map { LayerWords.of($0) })
    expectDistinct(SocketRecord.Exposure.allCases.map { Words.of($0) })
    expectDistinct(FlowRecord.Attribution.allCases.map { Words.of($0) })
    expectDistinct(LinkType.allCases.map { LayerWords.of($0) })
  }

  private func expectDistinct(_ words: [String]) {
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: MissingOwner.allCases) func `a command that resolves names the port`(
    _ missing: MissingOwner
  ) {
    if let remedy = Words.remedy(missing, port: 8080) { #expect(remedy.contains("8080")) }
  }
}
