import Flows
import Packets
import Testing
import Verdicts

@testable import Report

/// Scanners and floods in one line each.
@Suite struct FoldingTests {
  private func record(
    _ number: Int, from host: UInt32 = 1, to target: UInt32 = 9, _ verdictClass: VerdictClass,
    _ item: EvidenceItem, tool: String? = nil, seconds: Int64 = 1
  ) -> FlowRecord {
    var flow = Samples.flow(
      number: number, client: Endpoint(IPAddress(v4: 0xc000_0200 + host), UInt16(number % 60_000)),
      server: Endpoint(IPAddress(v4: 0xc633_6400 + target), 3699), state: .synSent,
      seconds: seconds)
    flow.clientCounters.packets = 1
    flow.clientCounters.bytes = 58
    flow.serverCounters = SideCounters()
    let verdict = Verdict(
      verdictClass, role: .server, evidence: [Evidence(item, detail: "64")], missing: [], tool: tool
    )
    return FlowRecord(flow: flow, verdict: verdict)
  }

  private let text = TextReport(
    style: Style(colour: false, width: nil, isTerminal: false, explain: false))

  @Test func `A scanner's line says how many ends accepted, refused or said nothing`() {
    var folding = Folding()
    let answers: [TCPFlags] = [[.syn, .ack], [.rst, .ack], [.rst], [], [], [.syn, .ack, .rst]]
    for (number, flags) in answers.enumerated() {
      var record = record(number + 1, to: UInt32(number), .scan, .masscan, tool: "masscan")
      record.flow.serverCounters.flags = flags.rawValue
      _ = (folding.hides(record), folding.fold(record))
    }
    let line = text.folded(folding.take()[0])[0]
    #expect(line.hasSuffix(": 2 accepted, 2 refused, 2 not answered"), "\(line)")
  }

  @Test func `A scanner's flows are one line with what they come to`() {
    var folding = Folding()
    for number in 1...1_234 {
      let record = record(
        number, to: UInt32(number % 3), .scan, .masscan, tool: "masscan", seconds: Int64(number))
      let (isHidden, isFolded) = (folding.hides(record), folding.fold(record))
      #expect(isHidden == (number > 1) && isFolded)
    }
    let groups = folding.take()
    #expect(groups.count == 1 && groups[0].flows == 1_234 && groups[0].packets == 1_234)
    let lines = text.folded(groups[0])
    #expect(lines.count == 1)
    #expect(lines[0].contains("192.0.2.1 > 3 ends"))
    #expect(lines[0].contains("scan"))
    #expect(lines[0].contains("(tool masscan) 1234 flows, 1234 packets"))
    let rest = folding.take()
    #expect(rest.isEmpty)
  }

  @Test func `A tool that made some of the flows is said of those alone`() {
    var folding = Folding()
    for number in 1...9 {
      folding.fold(record(number, .scan, .nmapSYN, tool: number > 6 ? "nmap" : nil))
    }
    let line = text.folded(folding.take()[0])[0]
    #expect(line.contains("(tool nmap in 3) 9 flows"), "\(line)")
    var many = Folding()
    for number in 1...30 {
      many.fold(record(number, .scan, .nmapSYN, tool: number > 5 ? "t\(number % 5)" : nil))
    }
    let all = text.folded(many.take()[0])[0]
    #expect(
      all.contains("(tool t0 in 5, tool t1 in 5, tool t2 in 5, other tools in 10) 30 flows"),
      "\(all)")
  }

  @Test func `A flood is one line, whoever its senders are said to be`() {
    var folding = Folding()
    for number in 1...500 { folding.fold(record(number, from: UInt32(number), .scan, .flood)) }
    let groups = folding.take()
    #expect(groups.count == 1)
    #expect(text.folded(groups[0])[0].contains("many > 198.51.100.9:3699"))
    #expect(text.folded(groups[0])[0].contains("500 flows"))
  }

  @Test func `Other attempts are told one by one up to a limit, then together`() {
    var folding = Folding()
    var hidden = 0
    for number in 1...100 {
      let record = record(number, .undetermined, .unanswered)
      if folding.hides(record) { hidden += 1 }
      let isFolded = folding.fold(record)
      #expect(isFolded == (number > Folding.mostAttempts))
    }
    #expect(hidden == 100 - Folding.mostAttempts)
    let groups = folding.take()
    #expect(groups.count == 1 && text.isNews(groups[0]))
    // A few attempts are no group.
    for number in 1...3 { folding.fold(record(number, .undetermined, .unanswered)) }
    let few = folding.take()
    #expect(few.allSatisfy { !text.isNews($0) && !text.isUntold($0) })
  }

  @Test func `What was said is never folded`() {
    var folding = Folding()
    var spoken = record(1, .undetermined, .opaque)
    spoken.flow.clientCounters.payloadBytes = 3
    let of = [folding.hides(spoken), folding.fold(spoken)]
    #expect(of == [false, false])
    let named = FlowRecord(flow: Samples.flow(), verdict: Samples.verdict())
    let ofNamed = [folding.hides(named), folding.fold(named)]
    #expect(ofNamed == [false, false])
  }

  @Test func `A single flow of a scanner is told as any other`() {
    var folding = Folding()
    let only = record(1, .scan, .zmap, tool: "zmap")
    folding.fold(only)
    let groups = folding.take()
    #expect(text.folded(groups[0]) == text.flow(only))
  }

  @Test func `Beyond the scanners that are kept flows are counted`() {
    var folding = Folding()
    for number in 1...Folding.most + 10 {
      folding.fold(record(number, from: UInt32(number), .scan, .zmap))
    }
    #expect(folding.others == 10)
    let all = folding.take()
    #expect(all.count == Folding.most)
    #expect(text.foldedOthers(10) == "and 10 flows of other senders that said nothing")
  }

  @Test func `A scanner that was silent for long makes room, and its line is told`() {
    var folding = Folding()
    for number in 1...Folding.most {
      folding.fold(record(number, from: UInt32(number), .scan, .zmap))
    }
    folding.fold(record(5_000, from: 70_000, .scan, .zmap, seconds: 2_000))
    #expect(folding.others == 0)
    let passed = folding.takePassed()
    #expect(passed.count == 1)
  }
}
