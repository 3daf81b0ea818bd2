import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let omronFINS = [
    Sample(
      "omron-fins", .proven, over: .udp,
      (.client, hexadecimal("80 00 02 00 02 00 00 01 00 7a 0501")),
      (.server, hexadecimal("c0 00 02 00 01 00 00 02 00 7a 0501 0000"))),
    Sample(
      "omron-fins", .answered, over: .tcp,
      (.client, hexadecimal("'FINS' 0000000c 00000000 00000000 00000000")),
      (.server, hexadecimal("'FINS' 00000010 00000001 00000000 000000ef 00000001"))),
  ]
}

@Suite struct OmronFINSTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.omronFINS[0].fact(.method) == "command 0x501")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("80 01 02 00 02 00 00 01 00 7a 0501")),
    (Side.client, Transport.udp, hexadecimal("80 00 09 00 02 00 00 01 00 7a 0501")),
    (Side.client, Transport.udp, hexadecimal("80 00 02 00 02 00 00 01 00 7a ff01")),
    (Side.client, Transport.tcp, hexadecimal("'FINS' 0000000c 00000009 00000000 00000000")),
    (Side.client, Transport.tcp, hexadecimal("'FINX' 0000000c")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.omronFINS.look(conversation) == .no)
  }
}
