import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let cassandra = [
    Sample(
      "cassandra", .proven, over: .tcp,
      (.client, hexadecimal("04 00 0000 05 00000000")),
      (.server, hexadecimal("84 00 0000 06 00000018 0001 000b 'CQL_VERSION' 0001 0005 '3.4.4'")),
      (.client, hexadecimal("04 00 0001 01 00000016 0001 000b 'CQL_VERSION' 0005 '3.0.0'")),
      (.server, hexadecimal("84 00 0001 02 00000000")),
      (.client, hexadecimal("04 00 0002 07 00000011 0000000a 'SELECT now' 0001 00")))
  ]
}

@Suite struct CassandraTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.cassandra[0].fact(.version) == "4")
    #expect(Sample.cassandra[0].fact(.message) == "SELECT now")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("04 00 0000 11 00000000")),
    (Side.client, Transport.tcp, hexadecimal("07 00 0000 05 00000000")),
    (Side.client, Transport.tcp, hexadecimal("04 00 0000 05 00000001 00")),
    (
      Side.client, Transport.tcp,
      hexadecimal("04 00 0001 01 00000016 0001 000b 'CQL_VERSIOM' 0005 '3.0.0'")
    ),
    (Side.server, Transport.tcp, hexadecimal("04 00 0000 06 00000000")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.cassandra.look(conversation) == .no)
  }
}
