import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let cipIO = [
    Sample(
      "cip-io", .consistent, over: .udp, isSymmetric: true,
      (.client, hexadecimal("0200 0280 0800 787b3a00 e8cb5e04 b100 0400 01000000")))
  ]
}

@Suite struct CIPIOTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.cipIO[0].fact(.session) == "connection 0x3a7b78")
  }

  @Test(arguments: [
    (
      Side.client, Transport.udp, hexadecimal("0200 0280 0800 787b3a00 e8cb5e04 b100 0500 01000000")
    ),
    (
      Side.client, Transport.udp, hexadecimal("0200 0280 0900 787b3a00 e8cb5e04 b100 0400 01000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.cipIO.look(conversation) == .no)
  }
}
