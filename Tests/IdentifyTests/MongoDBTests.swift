import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let mongodb = [
    Sample(
      "mongodb", .proven, over: .tcp,
      (
        .client,
        hexadecimal("330000000700000000000000dd070000 00000000 00 1e000000 10 'ping' 00 01000000")
          + hexadecimal("02 '$db' 00 06000000 'admin' 00 00")
      ),
      (
        .server,
        hexadecimal("260000008403000007000000dd070000 00000000 00 11000000 01 'ok' 00")
          + hexadecimal("000000000000f03f 00")
      )),
    Sample(
      "mongodb", .proven, over: .tcp,
      (
        .client,
        hexadecimal("3a0000000100000000000000d4070000 00000000 'admin.$cmd' 00 00000000 ffffffff")
          + hexadecimal("13000000 10 'isMaster' 00 01000000 00")
      ),
      (
        .server,
        hexadecimal("34000000050000000100000001000000 08000000 0000000000000000 00000000 01000000")
          + hexadecimal("10000000 08 'ismaster' 00 01 00")
      )),
  ]
}

@Suite struct MongoDBTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.mongodb[0].fact(.method) == "ping")
    #expect(Sample.mongodb[0].fact(.database) == "admin")
    #expect(Sample.mongodb[1].fact(.method) == "isMaster")
  }

  @Test(arguments: [
    (
      Side.client, Transport.tcp,
      hexadecimal("240000000700000000000000de070000 00000000 00 0f000000 10 'ping' 00 01000000")
        + hexadecimal("00")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("240000000700000000000000dd070000 00000000 02 0f000000 10 'ping' 00 01000000")
        + hexadecimal("00")
    ),
    (
      Side.client, Transport.tcp,
      hexadecimal("240000000700000000000000dd070000 00000000 00 40000000 10 'ping' 00 01000000")
        + hexadecimal("00")
    ),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.mongodb.look(conversation) == .no)
  }
}
