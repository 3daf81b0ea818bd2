import Flows
import Packets
import Testing
import Verdicts

@testable import Report

@Suite struct FindingsTests {
  private func record(
    _ verdictClass: VerdictClass, _ application: String? = nil, number: Int,
    seconds: Int64 = 0
  ) -> FlowRecord {
    let first = Samples.start.nanoseconds + seconds * 1_000_000_000
    var flow = Flow(
      number: number, transport: .tcp, client: Samples.client, server: Samples.server, ground: .syn,
      first: Timestamp(nanoseconds: first),
      firstPacket: FirstPacket(
        number: 1, ip: IPHeader(family: .ipv4, hopLimit: 64), tcp: nil, payloadLength: 0,
        side: .client))
    flow.clientCounters.payloadBytes = verdictClass == .scan ? 0 : 5
    return FlowRecord(
      flow: flow, verdict: Verdict(verdictClass, application: application, role: .server))
  }

  @Test func `what is kept is bounded, and of each kind something`() {
    var findings = Findings()
    for number in 0..<12_000 {
      findings.note(record(.scan, number: number))
      if number < 70 { findings.note(record(.otherApplication, "app\(number)", number: number)) }
    }
    findings.note(record(.icwFamily, "sip-pint", number: 1))
    #expect(findings.flows == 12_071)
    #expect(findings.rows.count == Findings.mostRows)
    #expect(findings.details.count == Findings.mostDetails)
    // A link of the table leads to each.
    #expect(findings.details.allSatisfy { $0.number <= Findings.mostRows })
  }

  @Test func `the rarest and strongest push out what there is plenty of`() {
    var findings = Findings()
    for number in 0..<200 {
      findings.note(record(.otherApplication, "a\(number % 9)", number: number))
    }
    #expect(findings.details.count == 40)
    findings.note(record(.scan, number: 1))
    findings.note(record(.icwFamily, "sip-pint", number: 2))
    let classes = findings.sortedDetails.map(\.record.verdict.verdictClass)
    #expect(classes.count == 40)
    #expect(classes.first == .icwFamily && classes.last == .scan)
  }

  @Test func `a histogram keeps every flow in few columns, whatever time they span`() throws {
    var histogram = TimeHistogram()
    let times: [Int64] = [
      0, 1, 1_000_000, 3_600_000_000_000, 946_684_800_000_000_000, -5, .max, .min,
    ]
    for time in times { histogram.note(.scan, at: Timestamp(nanoseconds: time)) }
    let range = try #require(histogram.columns)
    #expect(range.upperBound - range.lowerBound < Int64(TimeHistogram.most))
    #expect(histogram.counts[.scan]?.values.reduce(0, +) == times.count)
    #expect(histogram.counts[.scan]?.keys.allSatisfy { range.contains($0) } == true)
  }

  @Test(arguments: [1900, 1970, 2000, 2001, 2003, 2024, 2100])
  func `a year begins on its first of January`(_ year: Int) {
    let parts = Times.parts(Times.newYear(year))
    #expect(parts.year == year && parts.month == 1 && parts.day == 1 && parts.hour == 0)
  }
}
