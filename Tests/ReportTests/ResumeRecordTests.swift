import Flows
import Packets
import Testing
import Verdicts

@testable import Report

/// What a state file keeps of an input.
@Suite struct ResumeRecordTests {
  private static let verdicts: [Verdict] = [
    Verdict(.scan, role: .server, tool: "zmap"), Verdict(.undetermined, role: .unknown),
    Verdict(.undetermined, role: .server, evidence: [Evidence(.echo, .against)]),
    Verdict(.otherApplication, application: "ssh", role: .server),
    Verdict(.portCoincidence, application: "http", role: .client),
  ]

  private static var tally: Tally {
    var tally = Tally()
    for verdict in verdicts { tally.note(Samples.record(verdict)) }
    var copied = Samples.record(verdicts[4])
    copied.flow.duplicates = 2
    tally.note(copied)
    tally.leaveOut(Samples.record(verdicts[0]))
    // More kinds than are told apart.
    for number in 0..<Tally.kinds + 9 {
      tally.note(
        Samples.record(Verdict(.otherApplication, application: "own-\(number)", role: .server)))
    }
    return tally
  }

  private static var record: ResumeRecord {
    ResumeRecord(
      path: "a \"b\"\n\u{10FFFF}/c.pcap", isFound: true, size: 1 << 50,
      modified: 1_052_000_000_000_000_001,
      files: 2, failed: 1, skipped: 3,
      counters: DropsRecord(
        received: 900, onPort: 70, evicted: 4, unread: [.init(.ipv4, .cut, count: 5)]),
      tally: tally)
  }

  private func lines(_ tally: Tally) -> [String] {
    TextReport().summary(SummaryRecord(tally: tally)) + [
      String(decoding: SummaryRecord(tally: tally).json.line, as: UTF8.self)
    ]
  }

  @Test func `a line gives back what it was made of`() throws {
    let record = Self.record
    let read = try #require(ResumeRecord(line: Array(record.line.dropLast())))
    #expect(read.path == record.path && read.isFound && read.size == record.size)
    #expect(read.modified == record.modified && read.counters == record.counters)
    #expect(read.files == 2 && read.failed == 1 && read.skipped == 3)
    #expect(read.line == record.line)
    #expect(lines(read.tally) == lines(record.tally))
    #expect(read.weight > 900)
  }

  @Test func `tallies added up are the tally of all`() {
    var sum = Tally()
    var whole = Tally()
    for verdict in Self.verdicts + Self.verdicts {
      var one = Tally()
      one.note(Samples.record(verdict))
      sum.add(one)
      whole.note(Samples.record(verdict))
    }
    #expect(lines(sum) == lines(whole))
    sum.add(Tally())
    #expect(lines(sum) == lines(whole))
    // Beyond the kinds that are told apart the classes still count every flow.
    sum.add(Self.tally)
    #expect(sum.flows == whole.flows + Self.tally.flows)
    #expect(sum.transports[.tcp]?.groups.count == Tally.kinds)
  }

  @Test func `no byte that changes makes a line that harms`() {
    let line = Array(Self.record.line.dropLast())
    var accepted = 0
    for place in stride(from: 0, to: line.count, by: 7) {
      for byte: UInt8 in [UInt8(ascii: "-"), UInt8(ascii: "9"), UInt8(ascii: "\""), 0xff] {
        var other = line
        other[place] = byte
        guard let read = ResumeRecord(line: other) else { continue }
        accepted += 1
        #expect(read.weight >= 0 && read.tally.flows >= 0 && read.tally.flows <= read.weight)
        #expect(read.files >= 0 && read.failed >= 0 && read.skipped >= 0)
      }
    }
    #expect(accepted > 0)
    for count in stride(from: 0, to: line.count, by: 11) {
      #expect(ResumeRecord(line: Array(line.prefix(count))) == nil)
    }
  }

  @Test(arguments: [
    (#""files":2"#, #""files":-2"#), (#""files":2"#, #""files":2.5"#),
    (#""files":2"#, #""files":9223372036854775807"#),
    (#""files":2"#, #""files":18446744073709551615"#),
    (#""in_folder":true"#, #""in_folder":1"#), (#""transport":"tcp""#, #""transport":"ip""#),
    (#""class":"scan""#, #""class":"none""#), (#""digits":"#, #""digits":1"#),
    (#""first":"#, #""first":9"#), (#""path":""#, #""path":"\u0000"#),
    (#""spoofer":false"#, #""spoofer":false,"summary":"\u001b[2J""#),
    (#""reasons":{"echo":1}"#, #""reasons":{"echo":9}"#),
    (#""reasons":{"echo":1}"#, #""reasons":{"A7":1}"#),
    (#""reasons":{"echo":1}"#, #""reasons":{"none":1}"#),
    (#""reasons":{"echo":1}"#, #""reasons":[]"#),
    (#""class":"scan""#, #""reasons":{"echo":1},"class":"scan""#),
  ])
  func `what no run writes is no record`(_ old: String, _ new: String) {
    let line = String(decoding: Self.record.line.dropLast(), as: UTF8.self)
    let changed = line.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != line && ResumeRecord(line: Array(line.utf8)) != nil)
    #expect(ResumeRecord(line: Array(changed.utf8)) == nil)
  }

  @Test func `the first line holds for one question`() {
    let head = ResumeRecord.head(question: ["port 3699", "filter tcp"])
    #expect(head == ResumeRecord.head(question: ["port 3699", "filter tcp"]))
    #expect(head != ResumeRecord.head(question: ["port 3699filter tcp"]))
    #expect(ResumeRecord.isHead(head) && !ResumeRecord.isHead(Self.record.line))
    #expect(!ResumeRecord.isHead([]) && !ResumeRecord.isHead(Array("{\"icwscan_state\":2}".utf8)))
  }

  @Test func `an object of very many members is none`() {
    func object(_ count: Int) -> JSONValue? {
      let members = (0..<count).map { "\"\($0)\":0" }.joined(separator: ",")
      return JSONValue(parsing: Array("{\(members)}".utf8))
    }
    #expect(object(1_024) != nil && object(1_025) == nil && object(400_000) == nil)
  }
}
