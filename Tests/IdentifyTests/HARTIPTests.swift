import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let hartIP = [
    Sample(
      "hart-ip", .proven, over: .udp,
      (.client, hexadecimal("01 00 00 00 0002 000d 01 0000ea60")),
      (.server, hexadecimal("01 01 00 00 0002 000d 01 0000ea60")))
  ]
}

@Suite struct HARTIPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.hartIP[0].fact(.message) == "initiate session")
    #expect(Sample.hartIP[0].fact(.version) == "1")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("01 00 00 00 0002 000d 02 0000ea60")),
    (Side.client, Transport.udp, hexadecimal("01 00 00 00 0002 000c 01 0000ea60")),
    (Side.client, Transport.udp, hexadecimal("03 00 00 00 0002 000d 01 0000ea60")),
    (Side.client, Transport.udp, hexadecimal("01 00 03 00 0002 000d 82 00000001")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.hartIP.look(conversation) == .no)
  }
}
