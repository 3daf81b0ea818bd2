import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let ldp = [
    Sample(
      "ldp", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("0001 001e c0000201 0000 0100 0014 00000001 0400 0004 000f0000 0401 0004")
          + hexadecimal("c0000201")
      )),
    Sample(
      "ldp", .answered, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("0001 000e c0000201 0000 0201 0004 00000002")),
      (.server, hexadecimal("0001 000e c0000202 0000 0201 0004 00000003"))),
  ]
}

@Suite struct LDPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.ldp[0].fact(.from) == "192.0.2.1")
    #expect(Sample.ldp[0].fact(.message) == "hello")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("0002 001e c0000201 0000 0100 0014")),
    (Side.client, Transport.udp, hexadecimal("0001 000e c0000201 0000 0203 0004 00000002")),
    (Side.client, Transport.udp, hexadecimal("0001 000e c0000201 0000 0201 0008 00000002")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.ldp.look(conversation) == .no)
  }
}
