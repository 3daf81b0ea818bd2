import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let collectd = [
    Sample(
      "collectd", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("0000 000a 'host1' 000001 000c 0000000051e7e4c00007 000c 000000000000000a0002")
          + hexadecimal("0008 'cpu' 000004 0008 'cpu' 000005 0009 'idle' 000006 000f 0001 02")
          + hexadecimal("0000000000000005")
      ))
  ]
}

@Suite struct CollectdTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.collectd[0].fact(.host) == "host1")
    #expect(Sample.collectd[0].fact(.topic) == "cpu")
  }

  @Test(arguments: [
    (Side.client, Transport.udp, hexadecimal("0000 0009 'host1'")),
    (Side.client, Transport.udp, hexadecimal("0000 000a 'host1' 000001 0008 00000000")),
    (
      Side.client, Transport.udp,
      hexadecimal("0000 000a 'host1' 000006 000f 0002 02 0000000000000005")
    ),
    (Side.client, Transport.udp, hexadecimal("0020 0008 00000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.collectd.look(conversation) == .no)
  }
}
