import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let egd = [
    Sample(
      "egd", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("0d01 0100 c0a80001 05000000 00e1f505 00000000 01000000 00000000 00000000")
          + hexadecimal("01020304")
      ))
  ]
}

@Suite struct EGDTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.egd[0].fact(.from) == "192.168.0.1")
    #expect(Sample.egd[0].fact(.topic) == "exchange 5")
  }

  @Test(arguments: [
    (
      Side.client, Transport.udp,
      hexadecimal("0d01 0100 c0a80001 05000000 00e1f505 00000000 01000000 00000000 00000001")
        + hexadecimal("01020304")
    ),
    (Side.client, Transport.udp, hexadecimal("0d02 0100")),
    (
      Side.client, Transport.udp,
      hexadecimal("0d01 0100 c0a80001 05000000 00e1f505 ffffffff 01000000 00000000 00000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.egd.look(conversation) == .no)
  }
}
