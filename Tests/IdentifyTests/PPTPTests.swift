import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let pptp = [
    Sample(
      "pptp", .answered, over: .tcp,
      (
        .client,
        hexadecimal("009c 0001 1a2b3c4d 0001 0000 0100 00 00 00000003 00000003 ffff 0001 'local'")
          + hexadecimal(
            "0000000000000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("000000000000000000000000000000000000000000 'cananian'")
          + hexadecimal(
            "0000000000000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("000000000000000000000000000000000000")
      ),
      (
        .server,
        hexadecimal("009c 0001 1a2b3c4d 0002 0000 0100 01 00 00000003 00000003 ffff 0001 'srv'")
          + hexadecimal(
            "0000000000000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000 'Microsoft'")
          + hexadecimal(
            "0000000000000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000")
      ))
  ]
}

@Suite struct PPTPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.pptp[0].fact(.version) == "1.0")
    #expect(Sample.pptp[0].fact(.clientID) == "local")
    #expect(Sample.pptp[0].fact(.server) == "Microsoft")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("009c 0001 1a2b3c4e 0001")),
    (
      Side.client, Transport.tcp,
      hexadecimal("009d 0001 1a2b3c4d 0001")
        + hexadecimal(
          "0000000000000000000000000000000000000000000000000000000000000000000000000000")
        + hexadecimal(
          "0000000000000000000000000000000000000000000000000000000000000000000000000000")
        + hexadecimal(
          "0000000000000000000000000000000000000000000000000000000000000000000000000000")
        + hexadecimal("000000000000000000000000000000000000000000000000000000000000000000")
    ),
    (Side.client, Transport.tcp, hexadecimal("000c 0001 1a2b3c4d 0010 0000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.pptp.look(conversation) == .no)
  }
}
