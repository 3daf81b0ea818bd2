import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let zookeeper = [
    Sample(
      "zookeeper", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0000002d 00000000 0000000000000000 00007530 0000000000000000 00000010")
          + hexadecimal("00000000000000000000000000000000 00")
      ),
      (
        .server,
        hexadecimal("00000025 00000000 00007530 0100000000000001 00000010")
          + hexadecimal("11111111111111111111111111111111 00")
      ))
  ]
}

@Suite struct ZooKeeperTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.zookeeper[0].fact(.session) == "0x100000000000001")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0000002e 00000000")),
    (Side.client, Transport.tcp, hexadecimal("0000002d 00000001")),
    (Side.client, Transport.tcp, hexadecimal("0000002d 00000000 0000000000000000 00000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.zookeeper.look(conversation) == .no)
  }
}
