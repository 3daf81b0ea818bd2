import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let edonkey = [
    Sample(
      "edonkey", .answered, over: .tcp,
      (
        .client,
        hexadecimal("e3 25000000 01 10 '0123456789abcdef' 01020304 3612 01000000 02 0100 01 0300")
          + hexadecimal("'ann'")
      ),
      (
        .server,
        hexadecimal("e3 2a000000 4c '0123456789abcdef' 05060708 3612 01000000 02 0100 01 0300")
          + hexadecimal("'bob' 00000000 0000")
      ))
  ]
}

@Suite struct EDonkeyTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.edonkey[0].fact(.user) == "ann")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("e4 00000000")),
    (Side.client, Transport.tcp, hexadecimal("e3 00000000 01")),
    (
      Side.client, Transport.tcp,
      hexadecimal("e3 1c000000 01 10 '0123456789abcdef' 01020304 3612 ff000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.edonkey.look(conversation) == .no)
  }
}
