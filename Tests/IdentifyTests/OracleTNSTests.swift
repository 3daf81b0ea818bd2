import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let oracleTNS = [
    Sample(
      "oracle-tns", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0094 0000 01 00 0000 0139 012c 0c41 2000 ffff 7f08 0000 0100 005a 003a")
          + hexadecimal("00000000 41 41 000000000000000000000000000000000000000000000000")
          + hexadecimal(
            "'(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=orcl)(CID=(PROGRAM=sqlplus)(HOST=pc)(USER=ann))))'"
          )
      ),
      (.server, hexadecimal("0008 0000 0b 00 0000"))),
    Sample(
      "oracle-tns", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0094 0000 01 00 0000 0139 012c 0c41 2000 ffff 7f08 0000 0100 005a 003a")
          + hexadecimal("00000000 41 41 000000000000000000000000000000000000000000000000")
          + hexadecimal(
            "'(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=orcl)(CID=(PROGRAM=sqlplus)(HOST=pc)(USER=ann))))'"
          )
      ),
      (.server, hexadecimal("0025 0000 04 00 0000 22 00 0019 '(DESCRIPTION=(ERR=12514))'"))),
  ]
}

@Suite struct OracleTNSTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.oracleTNS[0].fact(.database) == "orcl")
    #expect(Sample.oracleTNS[0].fact(.userAgent) == "sqlplus")
    #expect(Sample.oracleTNS[0].fact(.user) == "ann")
    #expect(Sample.oracleTNS[1].fact(.error) == "(DESCRIPTION=(ERR=12514))")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0020 0000 01 00 0001")),
    (Side.client, Transport.tcp, hexadecimal("0020 0000 20 00 0000")),
    (
      Side.client, Transport.tcp,
      hexadecimal("001c 0000 01 00 0000 0539 012c 00000000000000000000000000000000")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.oracleTNS.look(conversation) == .no)
  }
}
