import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let doip = [
    Sample(
      "doip", .answered, over: .tcp,
      (.client, hexadecimal("02fd 0005 00000007 0e80 00 00000000")),
      (.server, hexadecimal("02fd 0006 00000009 0e80 3107 10 00000000"))),
    Sample(
      "doip", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("02fd 0004 00000020 'WBA00000000000001' 3107 001122334455 001122334455 00")
      )),
  ]
}

@Suite struct DoIPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.doip[0].fact(.message) == "routing activation request")
    #expect(Sample.doip[1].fact(.topic) == "WBA00000000000001")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("02fc 0005 00000007 0e80 00 00000000")),
    (Side.client, Transport.tcp, hexadecimal("02fd 0005 00000006 0e80 00 000000")),
    (Side.client, Transport.tcp, hexadecimal("02fd 0009 00000007")),
    (Side.client, Transport.tcp, hexadecimal("05fa 0005 00000007")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.doip.look(conversation) == .no)
  }
}
