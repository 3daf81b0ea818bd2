import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let z3950 = [
    Sample(
      "z3950", .answered, over: .tcp,
      (
        .client,
        hexadecimal("b4 1c 83 02 0560 84 03 00e9a2 85 04 00010000 86 04 00010000 9f6f 04 'yaz1'")
      ),
      (
        .server,
        hexadecimal("b5 1c 83 02 0560 84 03 00e9a2 85 04 00010000 86 04 00010000 9f6f 04 'Voya'")
      ))
  ]
}

@Suite struct Z3950Tests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.z3950[0].fact(.userAgent) == "yaz1")
    #expect(Sample.z3950[0].fact(.server) == "Voya")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("b4 04 83 02 0560")),
    (Side.client, Transport.tcp, hexadecimal("b3 04 83 02 0560")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.z3950.look(conversation) == .no)
  }
}
