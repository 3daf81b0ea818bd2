import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let syncthing = [
    Sample(
      "syncthing", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("2ea7d90b 0a 20")
          + hexadecimal("2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a 12 13")
          + hexadecimal("'tcp://0.0.0.0:22000' 18 05")
      ))
  ]
}

@Suite struct SyncthingTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.syncthing[0].fact(.path) == "tcp://0.0.0.0:22000")
  }

  @Test(arguments: [
    (
      Side.client, Transport.udp,
      hexadecimal("2ea7d90c 0a 20")
        + hexadecimal("2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("2ea7d90b 0a 21")
        + hexadecimal("2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("2ea7d90b 0a 20")
        + hexadecimal("2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a 22 00")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.syncthing.look(conversation) == .no)
  }
}
