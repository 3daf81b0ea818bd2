import Flows
import Packets
import Testing

@testable import Identify

@Suite struct RTPTests {
  private static func packet(_ sequence: UInt8, time: UInt8, source: UInt8 = 0x77) -> [UInt8] {
    [0x80, 0, 0x12, sequence, 0, 0, time, 0, 1, 2, 3, source] + [UInt8](repeating: 0xd5, count: 160)
  }

  private static let stream = (0..<4).map { (Side.client, packet(10 + $0, time: $0)) }

  @Test func `packets of one source in sequence are RTP`() {
    let found = recognised(Conversation(.udp, Self.stream))
    #expect(found?.application == "rtp")
    #expect(found?.strength == .consistent)
    #expect(found?.clientIs == nil)
    #expect(fact(.codec, of: found) == "0")
    let both = Self.stream + (0..<4).map { (.server, Self.packet(90 + $0, time: $0, source: 0x78)) }
    #expect(recognised(Conversation(.udp, both))?.strength == .answered)
    expectNoWrongName("rtp", .udp, Self.stream)
  }

  @Test func `two packets are too few`() {
    #expect(recognised(Conversation(.udp, Array(Self.stream.prefix(2)))) == nil)
  }

  @Test func `a clock that stands still, another source each, or jumping numbers are no RTP`() {
    let still = (0..<4).map { (Side.client, Self.packet(10 + $0, time: 1)) }
    let strangers = (0..<4).map { (Side.client, Self.packet(10 + $0, time: $0, source: $0)) }
    let jumping = (0..<4).map { (Side.client, Self.packet(10 + $0 * 60, time: $0)) }
    for said in [still, strangers, jumping] { #expect(recognised(Conversation(.udp, said)) == nil) }
  }

  @Test func `RTP in a stream has lengths in front`() {
    let framed = Self.stream.map { (Side.client, [0, UInt8($0.1.count)] + $0.1) }
    #expect(recognised(Conversation(.tcp, framed))?.application == "rtp")
  }

  /// RFC 3550 section 6: a sender report without blocks and a source description with a canonical
  /// name.
  private static let report =
    hex("80c80006 01020377 e1234567 00000000 00000c00 00000010 00000a00")
    + hex("81ca0004 01020377 0109") + Array("me@box.ex".utf8) + [0]

  @Test func `a report with a source description is RTCP`() {
    let found = recognised(Conversation(.udp, [(.client, Self.report)]))
    #expect(found?.application == "rtcp")
    #expect(fact(.from, of: found) == "me@box.ex")
    expectNoWrongName("rtcp", .udp, [(.client, Self.report)])
  }

  @Test func `a receiver report alone is too little`() {
    #expect(recognised(Conversation(.udp, [(.client, hex("80c90001 01020377"))])) == nil)
  }
}
