import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let tplinkSHP = [
    Sample(
      "tplink-shp", .answered, over: .tcp, isSymmetric: true,
      (.client, hexadecimal("0000001dd0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68bf6")),
      (
        .server,
        hexadecimal("0000003bd0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08ba9c8a4cdacdffdc7")
          + hexadecimal("e5a9c8a5d5f7dbf994fb9ffa96b48eace4b786b787a5d8a5d8")
      )),
    Sample(
      "tplink-shp", .answered, over: .udp, isSymmetric: true,
      (.client, hexadecimal("d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68bf6")),
      (
        .server,
        hexadecimal("d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08ba9c8a4cdacdffdc7e5a9c8a5")
          + hexadecimal("d5f7dbf994fb9ffa96b48eace4b786b787a5d8a5d8")
      )),
  ]
}

@Suite struct TPLinkSHPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.tplinkSHP[0].fact(.method) == "system")
    #expect(Sample.tplinkSHP[0].fact(.host) == "Lamp")
    #expect(Sample.tplinkSHP[1].fact(.server) == "HS110")
  }

  @Test(arguments: [
    (
      Side.client, Transport.tcp,
      hexadecimal("0000001ef0d2a1d8abdfbad7f5cfb496f194e0bfccb5c6afc1a7c8ead0abd6abd6ae")
    ),
    (
      Side.client, Transport.udp,
      hexadecimal("d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68b")
    ),
    (Side.client, Transport.udp, hexadecimal("d1f2")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.tplinkSHP.look(conversation) == .no)
  }
}
