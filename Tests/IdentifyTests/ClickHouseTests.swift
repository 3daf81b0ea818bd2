import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let clickhouse = [
    Sample(
      "clickhouse", .answered, over: .tcp,
      (.client, hexadecimal("00 11 'ClickHouse client' 17 03 bda903 03 'db1' 07 'default' 00")),
      (.server, hexadecimal("00 0a 'ClickHouse' 17 03 bda903")))
  ]
}

@Suite struct ClickHouseTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.clickhouse[0].fact(.user) == "default")
    #expect(Sample.clickhouse[0].fact(.database) == "db1")
    #expect(Sample.clickhouse[0].fact(.server) == "ClickHouse")
    #expect(Sample.clickhouse[0].fact(.version) == "23.3")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("01 11 'ClickHouse client'")),
    (Side.client, Transport.tcp, hexadecimal("00 11 'ClickHouse client' 17 03 01 03 'db1'")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.clickhouse.look(conversation) == .no)
  }
}
