import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let dnp3 = [
    Sample(
      "dnp3", .proven, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("0564 05 c0 0100 0004 e921")))
  ]
}

@Suite struct DNP3Tests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.dnp3[0].fact(.to) == "1")
    #expect(Sample.dnp3[0].fact(.from) == "1024")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0564 05 c0 0100 0004 e922")),
    (Side.client, Transport.tcp, hexadecimal("0564 04 c0 0100 0004 e921")),
    (Side.client, Transport.tcp, hexadecimal("0565 05 c0 0100 0004 e921")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.dnp3.look(conversation) == .no)
  }
}
