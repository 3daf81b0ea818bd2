import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let ads = [
    Sample(
      "ads", .proven, over: .tcp,
      (
        .client,
        hexadecimal("0000 20000000 050d75600101 1027 c0a801630101 0380 0400 0400 00000000")
          + hexadecimal("00000000 03000000")
      ),
      (
        .server,
        hexadecimal("0000 28000000 050d75600101 1027 c0a801630101 0380 0400 0500 08000000")
          + hexadecimal("00000000 03000000 00000000 05000000")
      )),
    Sample(
      "ads", .answered, over: .udp,
      (.client, hexadecimal("03661471 00000000 01000000 c0a801630101 1027 00000000")),
      (.server, hexadecimal("03661471 00000000 01000080 050d75600101 1027 00000000"))),
  ]
}

@Suite struct ADSTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.ads[0].fact(.method) == "read state")
    #expect(Sample.ads[0].fact(.to) == "5.13.117.96.1.1:10000")
  }

  @Test(arguments: [
    (
      Side.client, Transport.tcp,
      hexadecimal("0000 20000000 050d75600101 1027 c0a801630101 0380 0c00 0400 00000000")
        + hexadecimal("00000000 03000000")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("0000 20000000 050d75600101 1027 c0a801630101 0380 0400 0400 04000000")
        + hexadecimal("00000000 03000000")
    ),
    (Side.client, Transport.tcp, hexadecimal("0100 20000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.ads.look(conversation) == .no)
  }
}
