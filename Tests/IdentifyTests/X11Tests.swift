import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let x11 = [
    Sample(
      "x11", .answered, over: .tcp,
      (
        .client,
        hexadecimal("6c 00 0b00 0000 1200 1000 0000 'MIT-MAGIC-COOKIE-1' 0000")
          + hexadecimal("000102030405060708090a0b0c0d0e0f")
      ),
      (.server, hexadecimal("00 0d 0b00 0000 0400 'No protocol x' 000000")))
  ]
}

@Suite struct X11Tests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.x11[0].fact(.error) == "No protocol x")
    #expect(Sample.x11[0].fact(.cipher) == "MIT-MAGIC-COOKIE-1")
    #expect(Sample.x11[0].fact(.status) == "refused")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("6c 00 0c00 0000")),
    (Side.client, Transport.tcp, hexadecimal("6d 00 0b00 0000")),
    (Side.client, Transport.tcp, hexadecimal("6c 00 0b00 0100")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.x11.look(conversation) == .no)
  }
}
