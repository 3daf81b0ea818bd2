import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let etherSBus = [
    Sample(
      "ether-s-bus", .proven, over: .udp,
      (.client, hexadecimal("0000000d 01 00 0001 00 0a 20 5318")),
      (.server, hexadecimal("0000000c 01 00 0001 01 50 493f")))
  ]
}

@Suite struct EtherSBusTests {
  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("0000000d 01 00 0001 00 0a 20 5319")),
    (Side.client, Transport.udp, hexadecimal("0000000e 01 00 0001 00 0a 20 5318")),
    (Side.client, Transport.udp, hexadecimal("0000000d 01 00 0001 03 0a 20 5318")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.etherSBus.look(conversation) == .no)
  }
}
