import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let c1222 = [
    Sample(
      "c1222", .proven, over: .tcp,
      (
        .client,
        hexadecimal("60 1e a2 05 06 03 2b0601 a6 05 06 03 2b0602 a8 03 02 01 11 be 09 28 07 81 05")
          + hexadecimal("80 03 000102")
      ),
      (
        .server,
        hexadecimal("60 1e a2 05 06 03 2b0602 a4 03 02 01 11 a6 05 06 03 2b0601 be 09 28 07 81 05")
          + hexadecimal("80 03 000102")
      ))
  ]
}

@Suite struct C1222Tests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("60 0c a2 05 06 03 2b0601 a5 03 02 01 11")),
    (Side.client, Transport.tcp, hexadecimal("61 0c a2 05 06 03 2b0601 a8 03 02 01 11")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.c1222.look(conversation) == .no)
  }
}
