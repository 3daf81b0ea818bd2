import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct WrappingTests {
  @Test func `words go on under an indentation, and nothing is lost`() {
    #expect(
      Wrapping.lines("one two three four", width: 9, indent: 2) == ["one two", "  three", "  four"])
    #expect(
      Wrapping.lines("  a bb ccc dddd", width: 8, indent: 4) == ["  a bb", "    ccc", "    dddd"])
    #expect(Wrapping.lines("short", width: 80, indent: 2) == ["short"])
    #expect(Wrapping.lines("never broken where nobody looks", width: nil, indent: 2).count == 1)
    let long = String(repeating: "x", count: 30)
    #expect(Wrapping.lines("a \(long) b", width: 10, indent: 2) == ["a", "  " + long, "  b"])
  }

  @Test func `a colour takes no room, ends with its line and goes on in the next`() {
    let lines = Wrapping.lines("\u{1b}[1mone two\u{1b}[0m three", width: 8, indent: 1)
    #expect(lines == ["\u{1b}[1mone two\u{1b}[0m", " three"])
    #expect(
      Wrapping.lines("\u{1b}[1mone two\u{1b}[0m", width: 5, indent: 1)
        == ["\u{1b}[1mone\u{1b}[0m", " \u{1b}[1mtwo\u{1b}[0m"])
    #expect(Wrapping.shownWidth("\u{1b}[36mabc\u{1b}[0m") == 3)
  }

  @Test(arguments: [40, 60, 80, 100, 120, 200])
  func `no line of a terminal is wider than it, where words can be broken`(_ width: Int) {
    let style = Style(colour: true, width: width, isTerminal: true, explain: true)
    let report = TextReport(style: style)
    let record = Samples.record(
      Samples.verdict(), server: Samples.process("x", ["x"] + Array(repeating: "yy", count: 90)))
    var tally = Tally()
    tally.note(record)
    let survey = PortSurvey(sockets: [Samples.listener()], unreadableProcesses: 3)
    let lines =
      report.flow(record) + report.owner(survey, tellsNext: true)
      + report.summary(SummaryRecord(tally: tally, owners: survey, files: 3))
    for line in lines {
      let longest = line.split(separator: " ").map(\.count).max() ?? 0
      #expect(Wrapping.shownWidth(line) <= max(width, longest + 60), "\(line)")
      if width >= 80 { #expect(Wrapping.shownWidth(line) <= width, "\(line)") }
    }
  }

  @Test func `a flow that is too wide has its ends on a line of their own`() {
    let record = Samples.record(Samples.verdict())
    let lines = TextReport(style: Style(width: 80, isTerminal: true)).flow(record)
    #expect(lines[0].hasSuffix("192.0.2.1:40000 > 198.51.100.2:3699"))
    #expect(lines[1].hasPrefix("    other-application http"))
    #expect(TextReport(style: Style(width: 200, isTerminal: true)).flow(record).count == 1)
  }

  @Test func `what to do next is the last word`() {
    let report = TextReport()
    let held = PortSurvey(sockets: [Samples.listener()])
    #expect(
      report.owner(held, tellsNext: true).last == "next: see what is said on the port: sudo icwscan"
    )
    #expect(report.owner(held).last?.hasPrefix("next:") == false)
    // What is copied is never broken.
    let narrow = TextReport(style: Style(width: 40, isTerminal: true))
    #expect(
      narrow.owner(held, tellsNext: true).suffix(2) == [
        "next: see what is said on the port:", "      sudo icwscan",
      ])
    let nothing = report.owner(PortSurvey(), port: 40, tellsNext: true)
    #expect(
      nothing.suffix(2).first == "next: nothing is there now; wait for it: sudo icwscan --port 40")
    var tally = Tally()
    tally.note(Samples.record(Verdict(.undetermined, role: .server)))
    #expect(
      report.summary(SummaryRecord(tally: tally, files: 1)).suffix(2) == [
        "next: see why 1 flow is undetermined: "
          + "icwscan analyze --explain --verdict undetermined CAPTURES",
        "next: to see whether anything listens there, run on 198.51.100.2: sudo icwscan owner",
      ])
  }

  @Test func `what to do next leads to where the run was, and is nothing that was done`() {
    var tally = Tally()
    tally.note(Samples.record(Verdict(.undetermined, role: .server)))
    let explained = TextReport(style: Style(explain: true))
    #expect(
      explained.summary(SummaryRecord(tally: tally, files: 1)).count { $0.hasPrefix("next: ") } == 1
    )
    var hidden = Samples.listener()
    hidden.holders[0].process.arguments[0] = Array("[kworker/0:1]".utf8)
    #expect(
      TextReport().owner(PortSurvey(sockets: [hidden]), tellsNext: true).suffix(2) == [
        "next: keep the program of pid 4121 before it is gone: "
          + "sudo cp /proc/4121/exe program-of-4121",
        "next: see what is said on the port: sudo icwscan",
      ])
    var none = Tally()
    none.leaveOut(Samples.record())
    #expect(
      explained.summary(SummaryRecord(tally: none, files: 1)).last
        == "next: the selection left everything out (1 flow); see it: icwscan analyze CAPTURES")
    for (inputs, words) in [
      (["a.pcap"], "a.pcap"), (["my folder", "b", "c"], "'my folder' b c"),
      (["a", "b", "c", "d"], "CAPTURES"), (["-"], "CAPTURES"), (["a", "-x"], "CAPTURES"),
    ] {
      var named = SummaryRecord(tally: none, files: 1)
      named.inputs = inputs.map { Array($0.utf8) }
      #expect(explained.summary(named).last?.hasSuffix(": icwscan analyze " + words) == true)
    }
    var kept = SummaryRecord(
      tally: tally, counters: DropsRecord(received: 9, onPort: 9, dropped: 0))
    kept.isKept = true
    #expect(!TextReport().summary(kept).contains { $0.hasPrefix("next: ") })
    var there = SummaryRecord(
      tally: tally, counters: DropsRecord(received: 9, onPort: 9, dropped: 3), port: 40)
    there.namespace = Array("my net".utf8)
    let steps = [
      "3 packets dropped by the kernel; take a bigger buffer: ",
      "see why 1 flow is undetermined: ",
    ]
    let again = "sudo icwscan live --netns 'my net' --port 40 "
    let options = ["-B 65536", "--explain"]
    let told = zip(steps, options).map { "next: \($0)\(again)\($1)" }
    #expect(Array(TextReport().summary(there).suffix(2)) == told)
  }

  @Test func `a narrow terminal shows what a program runs, and a process with its descriptor`() {
    var process = Samples.python
    process.arguments = ["/opt/a/very/long/path/to/the/environment/bin/python3", "server.py"]
      .map { Array($0.utf8) }
    let holders = [3, 4, 5].map { Holder(process: process, descriptors: [$0]) }
    let survey = PortSurvey(sockets: [Samples.listener([holders[0]]), Samples.listener(holders)])
    let narrow = TextReport(style: Style(width: 80, isTerminal: true)).owner(survey)
    #expect(narrow[0].hasPrefix("3699/tcp: bound to every address by python3 server.py (pid "))
    #expect(!narrow.contains { $0.hasSuffix(",fd") || $0.contains("\u{A0}") })
    let wide = TextReport().owner(survey)
    #expect(
      wide[0].contains(" by /opt/a/very/long/path/to/the/environment/bin/python3 server.py (pid "))
    #expect(!wide.contains { $0.contains("\u{A0}") })
  }
}
