import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let openflow = [
    Sample(
      "openflow", .proven, over: .tcp,
      (.client, hexadecimal("06 00 0010 00000001 0001 0008 00000040")),
      (.server, hexadecimal("06 00 0008 00000002")),
      (.server, hexadecimal("06 05 0008 000000fe")),
      (
        .client,
        hexadecimal("06 06 0020 000000fe 0000000000000001 00000100 fe 000000 0000024f 00000000")
      ))
  ]
}

@Suite struct OpenFlowTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.openflow[0].fact(.clientID) == "datapath 0x1")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("07 00 0008 00000001")),
    (Side.client, Transport.tcp, hexadecimal("06 24 0008 00000001")),
    (Side.client, Transport.tcp, hexadecimal("06 00 0007 000000")),
    (Side.client, Transport.tcp, hexadecimal("06 00 0010 00000001 0002 0008 00000040")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.openflow.look(conversation) == .no)
  }
}
