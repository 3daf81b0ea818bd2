import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let s7comm = [
    Sample(
      "s7comm", .proven, over: .tcp,
      (.client, hexadecimal("0300 0016 11 e0 0000 0008 00 c1 02 0100 c2 02 0102 c0 01 0a")),
      (.server, hexadecimal("0300 0016 11 d0 0008 0003 00 c0 01 0a c1 02 0100 c2 02 0102")),
      (.client, hexadecimal("0300 0019 02 f0 80 32 01 0000 0002 0008 0000 f0 00 0001 0001 01e0")),
      (
        .server,
        hexadecimal("0300 001b 02 f0 80 32 03 0000 0002 0008 0000 00 00 f0 00 0001 0001 00f0")
      ))
  ]
}

@Suite struct S7commTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.s7comm[0].fact(.method) == "setup communication")
  }

  @Test(arguments: [
    (
      Side.client, Transport.tcp,
      hexadecimal("0300 0019 02 f0 80 33 01 0000 0002 0008 0000 f0 00 0001 0001 01e0")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("0300 0019 02 f0 80 32 01 0000 0002 0009 0000 f0 00 0001 0001 01e0")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("0300 0019 02 f0 80 32 04 0000 0002 0008 0000 f0 00 0001 0001 01e0")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.s7comm.look(conversation) == .no)
  }
}
