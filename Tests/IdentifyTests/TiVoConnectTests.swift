import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let tivoconnect = [
    Sample(
      "tivoconnect", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("'TiVoConnect=1' 0a 'Method=Broadcast' 0a 'Platform=tcd/Series3' 0a")
          + hexadecimal("'Machine=DVR' 0a 'Identity=6520' 0a 'Services=TiVoMediaServer:80/http' 0a")
      ))
  ]
}

@Suite struct TiVoConnectTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.tivoconnect[0].fact(.host) == "DVR")
    #expect(Sample.tivoconnect[0].fact(.version) == "1")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("'TiVoConnect 1' 0a")),
    (Side.client, Transport.udp, hexadecimal("'TiVoConnect=1' 0a 'Method' 0a")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.tivoconnect.look(conversation) == .no)
  }
}
