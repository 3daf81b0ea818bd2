import Flows
import Packets
import Testing

@testable import Report
@testable import Verdicts

/// The fingerprint as it goes into a ticket.
@Suite struct FingerprintWordsTests {
  private static func flow(_ said: [(Side, [UInt8])]) -> Flow {
    var flow = Flow(
      number: 1, transport: .tcp, client: Endpoint(IPAddress(v4: 1), 1_025),
      server: Endpoint(IPAddress(v4: 2), 3_699), ground: .syn,
      first: Timestamp(seconds: 0, nanoseconds: 0),
      firstPacket: FirstPacket(
        number: 1, ip: IPHeader(family: .ipv4, hopLimit: 64, identification: 1), tcp: nil,
        payloadLength: 0, side: .client))
    flow.conversation = Conversation(.tcp, said)
    return flow
  }

  @Test func `it fits into lines of eighty columns`() throws {
    let print = try #require(
      Fingerprint(
        of: Self.flow([
          (.client, [0x80, 1, 0x1b, 0x5b, 0x41] + [UInt8](repeating: 0x42, count: 27)),
          (.server, Array("hello\r\n".utf8)),
        ])))
    #expect(
      FingerprintWords.lines(print) == [
        "fingerprint >32 <7", "gaps 1 s",
        "> 80011b5b414242424242424242424242 |...[ABBBBBBBBBBB| 90 % text, 1.0/5.0 bits",
        "< 68656c6c6f0d0a |hello..| 100 % text, 2.5/2.8 bits",
      ])
  }

  @Test(arguments: 0..<256)
  func `no byte reaches the terminal as it is unless it is printable`(byte: Int) throws {
    let bytes = [UInt8](repeating: UInt8(byte), count: 400)
    let print = try #require(Fingerprint(of: Self.flow([(.client, bytes), (.server, bytes)])))
    for line in FingerprintWords.lines(print) {
      #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) })
      #expect(line.utf8.count <= 78)
    }
  }
}
