import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let afsRx = [
    Sample(
      "afs-rx", .proven, over: .udp,
      (
        .client,
        hexadecimal("382b3994 e0b51750 00000001 00000001 00000001 01 05 00 00 0000 0001 00000083")
          + hexadecimal("00000001")
      ),
      (
        .server,
        hexadecimal("382b3994 e0b51750 00000001 00000001 00000001 01 04 00 00 0000 0001 00000000")
      ))
  ]
}

@Suite struct AFSRxTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.afsRx[0].fact(.method) == "operation 131")
    #expect(Sample.afsRx[0].fact(.topic) == "service 1")
  }

  @Test(arguments: [
    (
      Side.client, Transport.udp,
      hexadecimal("382b3994 e0b51750 00000001 00000001 00000001 0e 05 00 00 0000 0001 00000083")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("382b3994 e0b51750 00000000 00000000 00000001 01 05 00 00 0000 0001 00000083")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.afsRx.look(conversation) == .no)
  }
}
