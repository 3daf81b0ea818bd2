import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let trdp = [
    Sample(
      "trdp", .proven, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("00000001 0100 5064 000003e8 00000000 00000000 00000004 00000000 00000000")
          + hexadecimal("00000000 c55d408a 01020304")
      ))
  ]
}

@Suite struct TRDPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.trdp[0].fact(.message) == "process data")
    #expect(Sample.trdp[0].fact(.topic) == "ComId 1000")
  }

  @Test(arguments: [
    (
      Side.client, Transport.udp,
      hexadecimal("00000001 0100 5064 000003e8 00000000 00000000 00000004 00000000 00000000")
        + hexadecimal("00000000 c55d408b 01020304")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("00000001 0200 5064 000003e8 00000000 00000000 00000004")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("00000001 0100 5066 000003e8 00000000 00000000 00000004")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.trdp.look(conversation) == .no)
  }
}
