import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let ceph = [
    Sample(
      "ceph", .answered, over: .tcp, isSymmetric: true,
      (.server, hexadecimal("'ceph v027' 0001")),
      (.client, hexadecimal("'ceph v027' 0001"))),
    Sample(
      "ceph", .answered, over: .tcp, isSymmetric: true,
      (.server, hexadecimal("'ceph v2' 0a 1000 0100000000000000 0000000000000000")),
      (.client, hexadecimal("'ceph v2' 0a 1000 0100000000000000 0000000000000000"))),
  ]
}

@Suite struct CephTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.ceph[0].fact(.version) == "ceph v027")
    #expect(Sample.ceph[1].fact(.version) == "ceph v2")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("'ceph v2' 0a 1100 01")),
    (Side.client, Transport.tcp, hexadecimal("'ceph w027'")),
    (Side.server, Transport.tcp, hexadecimal("'ceph v0x7'")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.ceph.look(conversation) == .no)
  }
}
