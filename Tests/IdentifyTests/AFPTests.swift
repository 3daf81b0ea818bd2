import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let afp = [
    Sample(
      "afp", .proven, over: .tcp,
      (.client, hexadecimal("00 03 0001 00000000 00000000 00000000")),
      (
        .server,
        hexadecimal("01 03 0001 00000000 00000020 00000000 0010 0014 0018 0000 8000 06 'Server'")
          + hexadecimal("00 00000000 00000000 00000000 0000")
      )),
    Sample(
      "afp", .proven, over: .tcp,
      (.client, hexadecimal("00 04 0002 00000000 00000006 00000000 00 04 00000400")),
      (.server, hexadecimal("01 04 0002 00000000 00000006 00000000 01 04 00100000"))),
  ]
}

@Suite struct AFPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.afp[0].fact(.server) == "Server")
    #expect(Sample.afp[1].fact(.method) == "OpenSession")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("00 03 0001 00000000 00000000 00000001")),
    (Side.client, Transport.tcp, hexadecimal("02 03 0001 00000000 00000000 00000000")),
    (Side.client, Transport.tcp, hexadecimal("00 07 0001 00000000 00000000 00000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.afp.look(conversation) == .no)
  }
}
