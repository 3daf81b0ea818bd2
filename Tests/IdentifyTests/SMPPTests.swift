import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let smpp = [
    Sample(
      "smpp", .proven, over: .tcp,
      (
        .client,
        hexadecimal("00000028 00000002 00000000 00000001 'abhik' 00 'password' 00 'SMPP' 00 00 01")
          + hexadecimal("00 00")
      ),
      (.server, hexadecimal("00000015 80000002 00000000 00000001 'SMSC' 00")))
  ]
}

@Suite struct SMPPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.smpp[0].fact(.user) == "abhik")
    #expect(Sample.smpp[0].fact(.server) == "SMSC")
    #expect(Sample.smpp[0].fact(.method) == "bind_transmitter")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("00000010 00000020 00000000 00000001")),
    (Side.client, Transport.tcp, hexadecimal("0000000f 00000015 00000000 000001")),
    (Side.client, Transport.tcp, hexadecimal("00000010 00000015 00000001 00000001")),
    (Side.client, Transport.tcp, hexadecimal("00000011 00000015 00000000 00000001 00")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.smpp.look(conversation) == .no)
  }
}
