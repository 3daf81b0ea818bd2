import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let vnc = [
    Sample(
      "vnc", .answered, over: .tcp,
      (.server, hexadecimal("'RFB 003.008' 0a")),
      (.client, hexadecimal("'RFB 003.008' 0a")),
      (.server, hexadecimal("02 02 12")))
  ]
}

@Suite struct VNCTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.vnc[0].fact(.version) == "003.008")
  }

  @Test(arguments: [
    (Side.server, Transport.tcp, hexadecimal("'RFB 003.00x' 0a")),
    (Side.server, Transport.tcp, hexadecimal("'RFC 003.008' 0a")),
    (Side.server, Transport.tcp, hexadecimal("'RFB 003.008' 0d")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.vnc.look(conversation) == .no)
  }
}
