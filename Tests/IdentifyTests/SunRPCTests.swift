import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let sunrpc = [
    Sample(
      "sunrpc", .proven, over: .udp,
      (
        .client,
        hexadecimal("5a4c05ed 00000000 00000002 000186a0 00000002 00000003 00000000 00000000")
          + hexadecimal("00000000 00000000 000186a5 00000003 00000011 00000000")
      ),
      (.server, hexadecimal("5a4c05ed 00000001 00000000 00000000 00000000 00000000 000003e8"))),
    Sample(
      "sunrpc", .proven, over: .tcp,
      (
        .client,
        hexadecimal("8000003c 5a4c05ee 00000000 00000002 000186a3 00000003 00000001 00000001")
          + hexadecimal("00000014 00000000 00000003 'pc1' 00 00000000 00000000 00000000 00000000")
      ),
      (.server, hexadecimal("80000018 5a4c05ee 00000001 00000000 00000000 00000000 00000000"))),
  ]
}

@Suite struct SunRPCTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.sunrpc[0].fact(.message) == "portmap procedure 3")
    #expect(Sample.sunrpc[1].fact(.message) == "nfs procedure 1")
    #expect(Sample.sunrpc[1].fact(.clientID) == "pc1")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("5a4c05ed 00000000 00000003 000186a0")),
    (Side.client, Transport.udp, hexadecimal("5a4c05ed 00000002 00000002 000186a0")),
    (Side.client, Transport.tcp, hexadecimal("80000008 5a4c05ed 00000000")),
    (Side.client, Transport.tcp, hexadecimal("80000028 5a4c05ed 00000005")),
    (Side.server, Transport.udp, hexadecimal("5a4c05ed 00000001 00000007")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.sunrpc.look(conversation) == .no)
  }
}
