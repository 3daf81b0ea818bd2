import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let bgp = [
    Sample(
      "bgp", .answered, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("ffffffffffffffffffffffffffffffff 001d 01 04 fde9 00b4 c0000201 00")),
      (
        .server,
        hexadecimal("ffffffffffffffffffffffffffffffff 0025 01 04 fdea 00b4 c0000202 08 02 06 01")
          + hexadecimal("04 0001 0001")
      )),
    Sample(
      "bgp", .oneSided, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("ffffffffffffffffffffffffffffffff 0013 04"))),
  ]
}

@Suite struct BGPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.bgp[0].fact(.from) == "AS 65001")
    #expect(Sample.bgp[0].fact(.clientID) == "192.0.2.1")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("fffffffffffffffffffffffffffffffe 0013 04")),
    (Side.client, Transport.tcp, hexadecimal("ffffffffffffffffffffffffffffffff 0014 04 00")),
    (Side.client, Transport.tcp, hexadecimal("ffffffffffffffffffffffffffffffff 0013 06")),
    (
      Side.client, Transport.tcp,
      hexadecimal("ffffffffffffffffffffffffffffffff 001d 01 04 fde9 0001 c0000201 00")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.bgp.look(conversation) == .no)
  }
}
