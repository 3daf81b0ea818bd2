import Flows
import Testing

@testable import CallWaiting

/// Good dialogs that end early.
@Suite struct TruncationTests {
  static let scripts = [
    SPIRITSDialog.subscription(), SPIRITSDialog.callWaiting("603 Decline"),
    PINTDialog.koreaTelecom(final: "303 See Other", contact: "<tel:0612345678>"),
    PINTDialog.telia("302 Moved", contact: "<tel:+46705551234>"),
  ]

  /// The packet that completes the documented exchange in each script.
  static let complete = [2, 3, 11, 3]

  @Test(arguments: scripts.indices)
  func `no family before the exchange is complete, and one from then on`(index: Int) {
    let script = Self.scripts[index]
    for count in 0...script.lines.count {
      let family = CallWaitingFinding(of: script.conversation(first: count)).family
      #expect((family != nil) == (count >= Self.complete[index]), "after \(count) packets")
    }
  }

  @Test(arguments: scripts.indices)
  func `the last packet cut at any byte crashes nothing and invents nothing`(index: Int) {
    let script = Self.scripts[index]
    let whole = CallWaitingFinding(of: script.conversation())
    for place in script.lines.indices {
      let line = script.lines[place]
      for count in 0..<line.bytes.count {
        var cut = script
        cut.lines = Array(script.lines[..<place])
        cut.lines.append(
          .init(side: line.side, seconds: line.seconds, bytes: Array(line.bytes[..<count])))
        for script in count.isMultiple(of: 4) ? [cut, cut.overTCP] : [cut] {
          let finding = CallWaitingFinding(of: script.conversation())
          if place + 1 < Self.complete[index] { #expect(finding.family == nil) }
          #expect(finding.calls.count <= whole.calls.count)
        }
      }
    }
  }

  @Test(arguments: scripts.indices)
  func `a stream whose start was missed is read from the next message on`(index: Int) {
    let script = Self.scripts[index].overTCP
    let whole = CallWaitingFinding(of: script.conversation())
    for missed in stride(from: 1, to: 400, by: 7) {
      var conversation = script.conversation()
      conversation.client.bytes.removeFirst(min(missed, conversation.client.bytes.count))
      conversation.client.beginsAtStart = false
      conversation.turns = conversation.turns.map {
        guard $0.side == .client else { return $0 }
        let range = max(0, $0.range.lowerBound - missed)..<max(0, $0.range.upperBound - missed)
        return Turn(
          side: .client, time: $0.time, packet: $0.packet, range: range, length: range.count)
      }
      #expect(CallWaitingFinding(of: conversation).calls.count <= whole.calls.count)
    }
  }
}
