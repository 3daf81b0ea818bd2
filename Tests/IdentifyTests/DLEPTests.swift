import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let dlep = [
    Sample(
      "dlep", .answered, over: .tcp,
      (.client, hexadecimal("0001 0015 0005 0004 0000ea600004 0009 00 'router-x'")),
      (.server, hexadecimal("0002 0019 0001 0001 000004 0008 00 'modem-y'0005 0004 0000ea60"))),
    Sample(
      "dlep", .answered, over: .udp,
      (.client, hexadecimal("'DLEP' 0001 000d 0004 0009 00 'router-x'")),
      (.server, hexadecimal("'DLEP' 0002 0017 0004 0008 00 'modem-y'0002 0007 00 c0000201 0356"))),
  ]
}

@Suite struct DLEPTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.dlep[0].fact(.userAgent) == "router-x")
    #expect(Sample.dlep[1].fact(.server) == "modem-y")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0001 000d 0004 0009 00 'router-x'")),
    (Side.client, Transport.tcp, hexadecimal("0011 0000")),
    (Side.client, Transport.udp, hexadecimal("'DLEP' 0003 0000")),
    (Side.client, Transport.udp, hexadecimal("'DLEP' 0001 0002 0004")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.dlep.look(conversation) == .no)
  }
}
