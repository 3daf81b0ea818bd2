import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let lustre = [
    Sample(
      "lustre", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0071ceac 01000000 0100000000000200 63697245 03000000 0100000000000200")
      ),
      (.server, hexadecimal("63697245 03000000 0200000000000200")))
  ]
}

@Suite struct LustreTests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0071cead 01000000")),
    (Side.client, Transport.tcp, hexadecimal("0071ceac 09000000 0100000000000200")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.lustre.look(conversation) == .no)
  }
}
