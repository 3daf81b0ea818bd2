import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let kismet = [
    Sample(
      "kismet", .answered, over: .tcp,
      (.server, hexadecimal("'*KISMET: 2005.08.R1 1144008431 ' 01 'Kismet' 01 ' 20050815' 0a")),
      (.client, hexadecimal("'!0 ENABLE TIME *' 0a")))
  ]
}

@Suite struct KismetTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.kismet[0].fact(.version) == "2005.08.R1")
  }

  @Test(arguments: [
    (Side.server, Transport.tcp, hexadecimal("'*KISMET: hello' 0a")),
    (Side.server, Transport.tcp, hexadecimal("'*KISMAT: 1.2 1144008431 x' 0a")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.kismet.look(conversation) == .no)
  }
}
