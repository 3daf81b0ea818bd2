import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let dlms = [
    Sample(
      "dlms", .proven, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("7e a007 03 21 93 0f01 7e")),
      (
        .server,
        hexadecimal("7e a01e 21 03 73 c37a 818012050180060180070400000001080400000001 533b 7e")
      ))
  ]
}

@Suite struct DLMSTests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("7e a007 03 21 93 0f02 7e")),
    (Side.client, Transport.tcp, hexadecimal("7e b007 03 21 93 0f01 7e")),
    (Side.client, Transport.tcp, hexadecimal("7e a007 03 21 93 0f01 7f")),
    (Side.client, Transport.tcp, hexadecimal("0001 0010 0001 0002 99 00")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.dlms.look(conversation) == .no)
  }
}
