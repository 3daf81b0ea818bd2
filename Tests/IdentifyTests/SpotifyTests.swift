import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let spotify = [
    Sample(
      "spotify", .answered, over: .tcp,
      (.client, hexadecimal("0004 00000013 52 02 50 02 a0a0a0a0a0a0a0a0a0")),
      (.server, hexadecimal("00000010 52 0a0a0a0a0a0a0a0a0a0a0a"))),
    Sample(
      "spotify", .consistent, over: .udp,
      (
        .client,
        hexadecimal("'SpotUdp0'")
          + hexadecimal("010101010101010101010101010101010101010101010101010101010101010101010101")
      )),
  ]
}

@Suite struct SpotifyTests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0005 00000013")),
    (Side.client, Transport.tcp, hexadecimal("0004 00100000 52")),
    (
      Side.client, Transport.udp,
      hexadecimal("'SpotUdp1'")
        + hexadecimal("010101010101010101010101010101010101010101010101010101010101010101010101")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.spotify.look(conversation) == .no)
  }
}
