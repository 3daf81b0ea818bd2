import Flows
import Packets
import Testing

@testable import Identify

@Suite struct DNSTests {
  private static func name(_ labels: String...) -> [UInt8] {
    labels.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  private static func message(
    _ flags: [UInt8], _ counts: [UInt8], _ body: [UInt8], identifier: [UInt8] = [0x1a, 0x2b]
  ) -> [UInt8] {
    identifier + flags + counts.flatMap { [0, $0] } + body
  }

  /// RFC 1035 section 4.1: a question for an address, and its answer with a pointer to the name.
  private static let query = message(
    [1, 0], [1, 0, 0, 0], name("www", "example", "com") + [0, 1, 0, 1])
  private static let response = message(
    [0x81, 0x80], [1, 1, 0, 0],
    name("www", "example", "com") + [0, 1, 0, 1] + hex("c00c 0001 0001 0000003c 0004 c0000201"))

  @Test func `a response that repeats identifier and question answers a query`() {
    let found = recognised(Conversation(.udp, [(.client, Self.query), (.server, Self.response)]))
    #expect(found?.application == "dns")
    #expect(found?.strength == .answered)
    #expect(found?.clientIs == .client)
    #expect(fact(.question, of: found) == "www.example.com A")
    #expect(fact(.answer, of: found) == "192.0.2.1")
    expectNoWrongName("dns", .udp, [(.client, Self.query), (.server, Self.response)])
  }

  @Test func `a response first shows that the second side asks`() {
    let found = recognised(Conversation(.udp, [(.client, Self.response), (.server, Self.query)]))
    #expect(found?.clientIs == .server)
  }

  @Test func `over TCP a length stands in front`() {
    func framed(_ message: [UInt8]) -> [UInt8] { [0, UInt8(message.count)] + message }
    let said = [(Side.client, framed(Self.query)), (.server, framed(Self.response))]
    #expect(recognised(Conversation(.tcp, said))?.strength == .answered)
    expectNoWrongName("dns", .tcp, said)
    #expect(recognised(Conversation(.tcp, [(.client, Self.query)])) == nil)
  }

  @Test func `a query alone is one side of DNS`() {
    let found = recognised(Conversation(.udp, [(.client, Self.query)]))
    #expect(found?.application == "dns")
    #expect(found?.strength == .oneSided)
  }

  @Test(arguments: [2, 5, 7, 12, 28, 30])
  func `a query bent in a count, a label, a type or a class is none`(offset: Int) {
    var bent = Self.query
    bent[offset] ^= 0x7c
    #expect(recognised(Conversation(.udp, [(.client, bent)])) == nil)
  }

  @Test func `a pointer to itself is no name`() {
    let looped = Self.message([1, 0], [1, 0, 0, 0], hex("c00c 0001 0001"))
    #expect(recognised(Conversation(.udp, [(.client, looped)])) == nil)
  }

  @Test func `names below local are multicast DNS, asked or announced`() {
    let asked = Self.message(
      [0, 0], [1, 0, 0, 0], Self.name("_ipp", "_tcp", "local") + [0, 12, 0, 1], identifier: [0, 0])
    #expect(recognised(Conversation(.udp, [(.client, asked)]))?.application == "mdns")
    let announced = Self.message(
      [0x84, 0], [0, 1, 0, 0],
      Self.name("box", "local") + hex("0001 8001 00000078 0004 c0000202"), identifier: [0, 0])
    let found = recognised(Conversation(.udp, [(.client, announced)]))
    #expect(found?.application == "mdns")
    #expect(found?.strength == .consistent)
    expectNoWrongName("mdns", .udp, [(.client, announced)])
  }

  @Test func `one label without recursion is LLMNR`() {
    let asked = Self.message([0, 0], [1, 0, 0, 0], Self.name("wpad") + [0, 1, 0, 1])
    let answer = Self.message(
      [0x80, 0], [1, 1, 0, 0],
      Self.name("wpad") + [0, 1, 0, 1] + Self.name("wpad") + hex("0001 0001 0000001e 0004 c0000203")
    )
    #expect(recognised(Conversation(.udp, [(.client, asked)]))?.application == "llmnr")
    let found = recognised(Conversation(.udp, [(.client, asked), (.server, answer)]))
    #expect(found?.application == "llmnr")
    #expect(found?.strength == .answered)
    let recursive = Self.message([1, 0], [1, 0, 0, 0], Self.name("wpad") + [0, 1, 0, 1])
    #expect(recognised(Conversation(.udp, [(.client, recursive)]))?.application == "dns")
  }

  @Test func `a name of 32 letters from A to P is NetBIOS's`() {
    // RFC 1001 section 14.1: every half byte is a letter; "FRED" padded with blanks.
    let encoded = "EGFCEFEECACACACACACACACACACACACA"
    let asked = Self.message([1, 0x10], [1, 0, 0, 0], Self.name(encoded) + [0, 0x20, 0, 1])
    let found = recognised(Conversation(.udp, [(.client, asked)]))
    #expect(found?.application == "netbios-ns")
    #expect(fact(.question, of: found) == "FRED NB")
    expectNoWrongName("netbios-ns", .udp, [(.client, asked)])
  }
}
