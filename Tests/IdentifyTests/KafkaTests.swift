import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let kafka = [
    Sample(
      "kafka", .proven, over: .tcp,
      (.client, hexadecimal("00000018 0012 0003 00000007 0007 'console' 00 05 'java' 01 00")),
      (.server, hexadecimal("0000000a 00000007 0000 00000000")))
  ]
}

@Suite struct KafkaTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.kafka[0].fact(.method) == "ApiVersions")
    #expect(Sample.kafka[0].fact(.clientID) == "console")
    #expect(Sample.kafka[0].fact(.userAgent) == "java")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("00000018 0070 0003 00000007 0007 'console'")),
    (Side.client, Transport.tcp, hexadecimal("00000018 0012 0040 00000007 0007 'console'")),
    (Side.client, Transport.tcp, hexadecimal("00000011 0012 0003 00000007 0007 0102030405060708")),
    (Side.client, Transport.tcp, hexadecimal("0000000a 0001 0000 00000000 0000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.kafka.look(conversation) == .no)
  }
}
