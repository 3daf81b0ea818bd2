import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let mms = [
    Sample(
      "mms", .proven, over: .tcp,
      (.client, hexadecimal("0300 0016 11 e0 0000 0007 00 c1 02 0001 c2 02 0001 c0 01 0d")),
      (.server, hexadecimal("0300 0016 11 d0 0007 7834 00 c1 02 0001 c2 02 0001 c0 01 0a")),
      (
        .client,
        hexadecimal("0300 0023 02 f0 80 0d 1a 0506130100160102 1402 0002 c10c 06 05 28ca220203")
          + hexadecimal("0000000000")
      ),
      (
        .server,
        hexadecimal("0300 0023 02 f0 80 0e 1a 0506130100160102 1402 0002 c10c 06 05 28ca220203")
          + hexadecimal("0000000000")
      ),
      (
        .client,
        hexadecimal("0300 001f 02 f0 80 01000100 61 12 30 10 02 01 03 a0 0b a0 09 02 01 05 a1 04")
          + hexadecimal("a0 02 80 00")
      ),
      (
        .server,
        hexadecimal("0300 001a 02 f0 80 01000100 61 0d 30 0b 02 01 03 a0 06 a1 04 02 01 05 a1")
      ))
  ]
}

@Suite struct MMSTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.mms[0].fact(.message) == "initiate")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0300 0013 02 f0 80 0d 0a 0506130100160102 0000")),
    (
      Side.client, Transport.tcp,
      hexadecimal("0300 0016 11 e0 0000 0007 00 c1 02 0001 c2 02 0001 c0 03 0d")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.mms.look(conversation) == .no)
  }
}
