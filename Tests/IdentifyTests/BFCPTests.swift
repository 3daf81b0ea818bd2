import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let bfcp = [
    Sample(
      "bfcp", .proven, over: .tcp,
      (.client, hexadecimal("20 0b 0000 00000001 0002 0504")),
      (.server, hexadecimal("20 0c 0001 00000001 0002 0504 16 04 0102")))
  ]
}

@Suite struct BFCPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.bfcp[0].fact(.method) == "Hello")
    #expect(Sample.bfcp[0].fact(.topic) == "conference 1")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("60 0b 0000 00000001 0002 0504")),
    (Side.client, Transport.tcp, hexadecimal("20 13 0000 00000001 0002 0504")),
    (Side.client, Transport.tcp, hexadecimal("20 0b 0001 00000001 0002 0504 16 01 0000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.bfcp.look(conversation) == .no)
  }
}
