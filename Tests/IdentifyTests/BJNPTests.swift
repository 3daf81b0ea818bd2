import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let bjnp = [
    Sample(
      "bjnp", .proven, over: .udp,
      (.client, hexadecimal("'BJNP' 01 01 0000 0001 0000 00000000")),
      (.server, hexadecimal("'BJNP' 81 01 0000 0001 0000 00000004 00010800")))
  ]
}

@Suite struct BJNPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.bjnp[0].fact(.topic) == "printer")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("'BJNP' 05 01 0000 0001 0000 00000000")),
    (Side.client, Transport.udp, hexadecimal("'BJNQ' 01 01 0000 0001 0000 00000000")),
    (Side.client, Transport.udp, hexadecimal("'BJNP' 01 01 0000 0001 0000 00000004")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.bjnp.look(conversation) == .no)
  }
}
