import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let minecraft = [
    Sample(
      "minecraft", .answered, over: .tcp,
      (.client, hexadecimal("10 00 fd05 09 'localhost' 63dd 01 01 00")),
      (.server, hexadecimal("0c 00 0a '{\"a\":\"bc\"}'"))),
    Sample(
      "minecraft", .answered, over: .tcp,
      (.client, hexadecimal("10 00 fd05 09 'localhost' 63dd 02 05 00 03 'ann'")),
      (.server, hexadecimal("04 01 00 00 00"))),
  ]
}

@Suite struct MinecraftTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.minecraft[0].fact(.host) == "localhost")
    #expect(Sample.minecraft[0].fact(.version) == "protocol 765")
    #expect(Sample.minecraft[1].fact(.user) == "ann")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("10 01 fd05 09 'localhost' 63dd 01 01 00")),
    (Side.client, Transport.tcp, hexadecimal("10 00 fd05 09 'localhost' 63dd 07 01 00")),
    (Side.client, Transport.tcp, hexadecimal("10 00 fd05 08 'localhost' 63dd 01 01 00")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.minecraft.look(conversation) == .no)
  }
}
