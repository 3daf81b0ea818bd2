import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let iec104 = [
    Sample(
      "iec104", .answered, over: .tcp,
      (.client, hexadecimal("68 04 07000000")),
      (.server, hexadecimal("68 04 0b000000")),
      (.server, hexadecimal("68 0e 0000 0000 46 01 0400 0d91 000000 00")))
  ]
}

@Suite struct IEC104Tests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.iec104[0].fact(.message) == "STARTDT")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("68 04 07000001")),
    (Side.client, Transport.tcp, hexadecimal("68 03 070000")),
    (Side.client, Transport.tcp, hexadecimal("68 05 0700000000")),
    (Side.client, Transport.tcp, hexadecimal("68 04 0f000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.iec104.look(conversation) == .no)
  }
}
