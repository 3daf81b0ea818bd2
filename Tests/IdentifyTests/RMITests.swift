import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let rmi = [
    Sample(
      "rmi", .answered, over: .tcp,
      (.client, hexadecimal("'JRMI' 0002 4b")),
      (.server, hexadecimal("4e 0009 '127.0.0.1' 0000 d431")),
      (.client, hexadecimal("0009 '127.0.1.1' 0000 0000 50 aced 0005")))
  ]
}

@Suite struct RMITests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.rmi[0].fact(.version) == "2")
    #expect(Sample.rmi[0].fact(.from) == "127.0.0.1")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("'JRMI' 0003 4b")),
    (Side.client, Transport.tcp, hexadecimal("'JRMI' 0002 4e")),
    (Side.client, Transport.tcp, hexadecimal("'JRMX'")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.rmi.look(conversation) == .no)
  }
}
