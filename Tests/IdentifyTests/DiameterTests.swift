import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let diameter = [
    Sample(
      "diameter", .proven, over: .tcp,
      (
        .client,
        hexadecimal("01 000044 80 000101 00000000 12345678 abcdef01 00000108 40 00001a")
          + hexadecimal("'client.example.com' 00 0000000128 40 000013 'example.com' 00")
      ),
      (
        .server,
        hexadecimal("01 00003c 00 000101 00000000 12345678 abcdef01 0000010c 40 00000c")
          + hexadecimal("000007d100000108 40 00001a 'server.example.com' 00 00")
      ))
  ]
}

@Suite struct DiameterTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.diameter[0].fact(.from) == "client.example.com")
    #expect(Sample.diameter[0].fact(.server) == "server.example.com")
    #expect(Sample.diameter[0].fact(.status) == "2001")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("02 000014 80 000101 00000000 12345678 abcdef01")),
    (
      Side.client, Transport.tcp, hexadecimal("01 000016 80 000101 00000000 12345678 abcdef01 0000")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("01 00001c 80 000101 00000000 12345678 abcdef01 00000108 40 000020")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.diameter.look(conversation) == .no)
  }
}
