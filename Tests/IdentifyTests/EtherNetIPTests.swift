import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let enip = [
    Sample(
      "enip", .proven, over: .tcp,
      (.client, hexadecimal("6500 0400 00000000 00000000 0102030405060708 00000000 0100 0000")),
      (.server, hexadecimal("6500 0400 07000000 00000000 0102030405060708 00000000 0100 0000"))),
    Sample(
      "enip", .proven, over: .udp,
      (.client, hexadecimal("6300 0000 00000000 00000000 0000000000000000 00000000")),
      (
        .server,
        hexadecimal("6300 2b00 00000000 00000000 0000000000000000 00000000 0100 0c00 2500 0100")
          + hexadecimal(
            "0002af12c0a80001 0000000000000000 0100 0e00 3600 0102 3000 01020304 03 'PLC'")
          + hexadecimal("03")
      )),
  ]
}

@Suite struct EtherNetIPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.enip[0].fact(.method) == "RegisterSession")
    #expect(Sample.enip[1].fact(.server) == "PLC")
  }

  @Test(arguments: [
    (
      Side.client, Transport.tcp,
      hexadecimal("6500 0400 00000000 00000000 0102030405060708 00000000 0200 0000")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("6500 0400 00000000 00000000 0102030405060708 00000001 0100 0000")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("6700 0400 00000000 00000000 0102030405060708 00000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.enip.look(conversation) == .no)
  }
}
