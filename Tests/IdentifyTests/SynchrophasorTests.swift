import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let synchrophasor = [
    Sample(
      "synchrophasor", .proven, over: .tcp,
      (.client, hexadecimal("aa41 0012 1e36 44852800 0f0bbfd0 0002 7f87")))
  ]
}

@Suite struct SynchrophasorTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.synchrophasor[0].fact(.message) == "command")
    #expect(Sample.synchrophasor[0].fact(.topic) == "stream 7734")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("aa41 0012 1e36 44852800 0f0bbfd0 0002 7f88")),
    (Side.client, Transport.tcp, hexadecimal("aa61 0012")),
    (Side.client, Transport.tcp, hexadecimal("aa44 0012")),
    (Side.client, Transport.tcp, hexadecimal("aa41 000f")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.synchrophasor.look(conversation) == .no)
  }
}
