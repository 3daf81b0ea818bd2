import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let mssqlTDS = [
    Sample(
      "mssql-tds", .answered, over: .tcp,
      (.client, hexadecimal("12 01 001a 0000 01 00 00 000b 0006 01 0011 0001 ff 10000fa00000 02")),
      (.server, hexadecimal("04 01 001a 0000 01 00 00 000b 0006 01 0011 0001 ff 0f0010040000 02"))),
    Sample(
      "mssql-tds", .answered, over: .tcp,
      (
        .client,
        hexadecimal("01 01 0018 0000 01 00 'S' 00 'E' 00 'L' 00 'E' 00 'C' 00 'T' 00 ' ' 00 '1'")
          + hexadecimal("00")
      ),
      (.server, hexadecimal("04 01 0012 0000 01 00 81 0100 00000000 0038 00"))),
  ]
}

@Suite struct TDSTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.mssqlTDS[0].fact(.userAgent) == "16.0.4000")
    #expect(Sample.mssqlTDS[0].fact(.version) == "15.0.4100")
    #expect(Sample.mssqlTDS[1].fact(.message) == "SELECT 1")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("12 01 001a 0000 01 01")),
    (Side.client, Transport.tcp, hexadecimal("13 01 001a 0000 01 00")),
    (Side.client, Transport.tcp, hexadecimal("12 01 0013 0000 01 00 00 000b 0005 ff 0000000000")),
    (Side.server, Transport.tcp, hexadecimal("04 01 000e 0000 01 00 00 0001 0006 ff")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.mssqlTDS.look(conversation) == .no)
  }
}
