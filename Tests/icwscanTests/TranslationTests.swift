import Testing

/// Connections that a capture shows on both sides of a host that translates addresses.
@Suite struct TranslationTests {
  private typealias End = MadeCapture.End
  private typealias Flags = MadeCapture.Flags

  private static let server = End(host: 50, port: 3_699)

  /// A connection as it is seen at each of these clients' ends, with these first sequence numbers.
  private static func connection(
    _ clients: [End], _ client: UInt32, _ answer: UInt32, _ made: inout MadeCapture,
    apart milliseconds: UInt64 = 0, isRouted: Bool = true
  ) {
    for end in clients {
      made.segment(end, server, Flags.syn, client)
      made.segment(server, end, Flags.synAnswer, answer, client &+ 1)
      made.segment(end, server, Flags.push, client &+ 1, answer &+ 1, "GET / HTTP/1.0\r\n\r\n")
      made.segment(server, end, Flags.push, answer &+ 1, client &+ 19, "HTTP/1.0 200 OK\r\n\r\n")
      made.segment(end, server, Flags.reset, client &+ 19, answer &+ 20)
      made.wait(milliseconds: milliseconds)
      // What comes behind a router has come through one host more.
      if isRouted { made.hopLimit -= 1 }
    }
    made.hopLimit = 64
  }

  private func told(_ made: MadeCapture, _ words: String...) throws -> (
    text: String, flows: [JSONText]
  ) {
    let folder = try TemporaryFolder()
    let file = folder.file("both.pcap", made.bytes)
    let records = try JSONText.records(try Command.icwscan("analyze", "--json", file).output)
    return (
      try Command.icwscan("analyze", file).output,
      records.filter { $0.kind == "flow" || $0.kind == "summary" }
    )
  }

  @Test func `The second of two flows that are one connection names the ends of the first`() throws
  {
    var made = MadeCapture()
    Self.connection(
      [End(host: 11, port: 40_000), End(host: 7, port: 20_792)], 3_000_000_001, 2_000_000_007, &made
    )
    let (text, records) = try told(made)
    #expect(text.contains(", the same as 10.0.0.11:40000 > 10.0.0.50:3699, translated (NAT)"))
    #expect(text.contains("1 of 2 flows shows the same connection as another one"))
    #expect(records[0]["icwscan.translated"] == nil)
    #expect(records[1]["icwscan.translated.client.ip"]?.string == "10.0.0.11")
    #expect(records[1]["icwscan.translated.client.port"]?.integer == 40_000)
    #expect(records.last?["icwscan.summary.transports"]?.list.first?["translated"]?.integer == 1)
  }

  @Test func `Numbers that agree by chance or long after make no connection the same`() throws {
    var small = MadeCapture()
    Self.connection(
      [End(host: 11, port: 40_000), End(host: 7, port: 20_792)], 1_000, 5_000, &small)
    #expect(try !told(small).text.contains("translated"))
    var late = MadeCapture()
    Self.connection(
      [End(host: 11, port: 40_000), End(host: 7, port: 20_792)], 3_000_000_001, 2_000_000_007,
      &late,
      apart: 5_000)
    #expect(try !told(late).text.contains("translated"))
    // Somebody who sends always the same to somebody who answers always the same.
    var made = MadeCapture()
    Self.connection(
      [End(host: 11, port: 40_000), End(host: 7, port: 20_792)], 3_000_000_001, 2_000_000_007,
      &made,
      isRouted: false)
    #expect(try !told(made).text.contains("translated"))
    // Scanners send the same number to everybody; who answers has one of its own.
    var other = MadeCapture()
    Self.connection([End(host: 11, port: 40_000)], 3_000_000_001, 2_000_000_007, &other)
    Self.connection([End(host: 7, port: 20_792)], 3_000_000_001, 2_000_000_999, &other)
    #expect(try !told(other).text.contains("translated"))
  }
}
