import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let citrixICA = [
    Sample(
      "citrix-ica", .answered, over: .tcp,
      (.server, hexadecimal("7f7f 'ICA' 00 7f7f 'ICA' 00")),
      (.client, hexadecimal("7f7f 'ICA' 00")))
  ]
}

@Suite struct CitrixICATests {
  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("7f7f 'ICB'")),
    (Side.server, Transport.tcp, hexadecimal("7f7e 'ICA' 00")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.citrixICA.look(conversation) == .no)
  }
}
