import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let opcua = [
    Sample(
      "opcua", .answered, over: .tcp,
      (
        .client,
        hexadecimal("'HELF' 38000000 00000000 ffff0000 ffff0000 00000000 00000000 18000000")
          + hexadecimal("'opc.tcp://localhost:4840'")
      ),
      (.server, hexadecimal("'ACKF' 1c000000 00000000 ffff0000 ffff0000 00000000 00000000")))
  ]
}

@Suite struct OPCUATests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.opcua[0].fact(.path) == "opc.tcp://localhost:4840")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("'HELX' 38000000")),
    (Side.client, Transport.tcp, hexadecimal("'HALF' 38000000")),
    (
      Side.client, Transport.tcp,
      hexadecimal("'HELF' 20000000 00000000 ff000000 ffff0000 00000000 00000000 00000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.opcua.look(conversation) == .no)
  }
}
