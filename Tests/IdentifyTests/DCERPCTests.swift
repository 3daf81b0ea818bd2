import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let dcerpc = [
    Sample(
      "dcerpc", .proven, over: .tcp,
      (
        .client,
        hexadecimal("05 00 0b 03 10000000 4800 0000 01000000 b810 b810 00000000 01 000000 0000 01")
          + hexadecimal("00 0883afe1 1f5d c911 91a408002b14a0fa 0300 0000 045d888a eb1c c911")
          + hexadecimal("9fe808002b104860 0200 0000")
      ),
      (.server, hexadecimal("05 00 0c 03 10000000 1800 0000 01000000 b810 b810 5ce00000"))),
    Sample(
      "dcerpc", .proven, over: .udp,
      (
        .client,
        hexadecimal("04 00 20 00 100000 00 000000000000000000000000 00000000 0100a0de 976c d111")
          + hexadecimal(
            "827100a02442df7d 00112233445566778899aabbccddeeff 00000000 01000000 05000000")
          + hexadecimal("0000 ffff ffff 0400 0000 00 00 deadbeef")
      ),
      (
        .server,
        hexadecimal("04 02 20 00 100000 00 000000000000000000000000 00000000 0100a0de 976c d111")
          + hexadecimal(
            "827100a02442df7d 00112233445566778899aabbccddeeff 77000000 01000000 05000000")
          + hexadecimal("0000 ffff ffff 0400 0000 00 00 00000000")
      )),
  ]
}

@Suite struct DCERPCTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.dcerpc[0].fact(.topic) == "epmapper")
    #expect(Sample.dcerpc[1].fact(.topic) == "PROFINET IO device")
  }

  @Test func `a snapshot that ends between the two lengths still shows it`() {
    var conversation = Conversation(
      .tcp,
      [
        (.client, hexadecimal("05 00 0b 03 10000000 8500")),
        (.server, hexadecimal("05 00 0c 03 10000000 8a00")),
      ])
    /// The same packets, of these lengths on the wire.
    func cut(_ lengths: [Int]) {
      conversation.turns = zip(conversation.turns, lengths).map { turn, length in
        Turn(
          side: turn.side, time: turn.time, packet: turn.packet, range: turn.range, length: length)
      }
    }
    cut([133, 138])
    conversation.client.isIncomplete = true
    conversation.server.isIncomplete = true
    let found = Identification(of: conversation).recognition
    #expect(found?.application == "dcerpc")
    #expect(found?.strength == .answered)
    cut([133, 139])
    #expect(Identification(of: conversation).recognition == nil)
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("05 02 0b 03 10000000 4800 0000")),
    (Side.client, Transport.tcp, hexadecimal("05 00 15 03 10000000 4800 0000")),
    (Side.client, Transport.tcp, hexadecimal("05 00 0b 03 10000000 4800 4000")),
    (Side.client, Transport.tcp, hexadecimal("05 00 0b 03 10001000 4800 0000")),
    (
      Side.client, Transport.udp,
      hexadecimal("04 0b 20 00 100000 00")
        + hexadecimal(
          "0000000000000000000000000000000000000000000000000000000000000000000000000000")
        + hexadecimal("00000000000000000000000000000000000000000000000000000000000000000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.dcerpc.look(conversation) == .no)
  }
}
