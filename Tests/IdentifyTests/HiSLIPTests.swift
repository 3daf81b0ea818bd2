import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let hislip = [
    Sample(
      "hislip", .answered, over: .tcp,
      (.client, hexadecimal("'HS' 00 00 01000000 0000000000000007 'hislip0'")),
      (.server, hexadecimal("'HS' 01 00 01000001 0000000000000000")))
  ]
}

@Suite struct HiSLIPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.hislip[0].fact(.topic) == "hislip0")
    #expect(Sample.hislip[0].fact(.version) == "1.0")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("'HS' 50 00 01000000 0000000000000007")),
    (Side.client, Transport.tcp, hexadecimal("'HT' 00 00")),
    (Side.client, Transport.tcp, hexadecimal("'HS' 00 00 01000000 8000000000000007")),
    (Side.client, Transport.tcp, hexadecimal("'HS' 00 00 01000000 0000000000000002 0102")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.hislip.look(conversation) == .no)
  }
}
