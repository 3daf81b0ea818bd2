import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let radmin = [
    Sample(
      "radmin", .answered, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("01 00000005 00000227 2702000000")),
      (.server, hexadecimal("01 00000005 00000027 2700000000")))
  ]
}

@Suite struct RadminTests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("01 00000005 00000228 2702000000")),
    (Side.client, Transport.tcp, hexadecimal("02 00000005 00000227 2702000000")),
    (Side.client, Transport.tcp, hexadecimal("01 00000000 00000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.radmin.look(conversation) == .no)
  }
}
