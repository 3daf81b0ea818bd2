import Packets

@testable import Flows
@testable import Identify

extension Example {
  static let queues: [Example] = [
    Example(
      name: "stomp",
      exchange: Exchange(
        .tcp, .client("CONNECT\naccept-version:1.2\nhost:stomp.github.org\n\n\u{0}"),
        .server("CONNECTED\nversion:1.2\n\n\u{0}")),
      alone: [.client], facts: [(.host, "stomp.github.org"), (.version, "1.2")]),
    Example(
      name: "nats",
      exchange: Exchange(
        .tcp,
        .server(
          #"INFO {"server_id":"NDHBLLCIGK3PQKD5RUAUPCZAO6HCLQC4MNHQYRF22T32X2I2DHKEUGGQ","version":"2.6.0"}"#
            + "\r\n"),
        .client(#"CONNECT {"verbose":false,"lang":"go","name":"n"}"# + "\r\nPING\r\n"),
        .server("PONG\r\n")),
      alone: [.server], facts: [(.version, "2.6.0"), (.userAgent, "go"), (.clientID, "n")]),
    Example(
      name: "amqp",
      exchange: Exchange(
        .tcp, .client(Array("AMQP".utf8) + [0, 0, 9, 1]),
        .server(
          [1, 0, 0, 0, 0, 0, 42, 0, 10, 0, 10, 0, 9, 0, 0, 0, 13, 7] + Array("product".utf8) + [
            0x53, 0, 0, 0, 0,
          ]
            + [0, 0, 0, 5] + Array("PLAIN".utf8) + [0, 0, 0, 2] + Array("en".utf8) + [0, 0, 0xce])),
      alone: [.client], facts: [(.version, "0-9-1")]),
    Example(
      name: "amqp",
      exchange: Exchange(
        .tcp, .client(Array("AMQP".utf8) + [3, 1, 0, 0]),
        .server(
          Array("AMQP".utf8) + [3, 1, 0, 0]
            + hexadecimal("00000019 02 01 0000 00 53 40 c0 0c 01 a3 09 'ANONYMOUS'"))),
      alone: [.client], isSymmetric: true, facts: [(.version, "1.0")]),
    Example(
      name: "openwire",
      exchange: Exchange(
        .tcp, .client([0, 0, 0, 14, 1] + Array("ActiveMQ".utf8) + [0, 0, 0, 10, 0]),
        .server([0, 0, 0, 14, 1] + Array("ActiveMQ".utf8) + [0, 0, 0, 12, 0])),
      alone: [.client, .server], isSymmetric: true, facts: [(.version, "10")]),
    Example(
      name: "gearman",
      exchange: Exchange(
        .tcp,
        .client(
          [0, 82, 69, 81, 0, 0, 0, 7, 0, 0, 0, 13] + Array("reverse".utf8) + [0, 0]
            + Array("test".utf8)),
        .server([0, 82, 69, 83, 0, 0, 0, 8, 0, 0, 0, 7] + Array("H:lap:1".utf8))),
      alone: [.client, .server], facts: [(.message, "reverse")]),
    Example(
      name: "beanstalk",
      exchange: Exchange(
        .tcp, .client("put 0 0 60 5\r\nhello\r\n"), .server("INSERTED 3\r\n")),
      facts: [(.method, "put")]),
  ]

  static let stores: [Example] = [
    Example(
      name: "memcached",
      exchange: Exchange(
        .tcp, .client("set xyzkey 0 0 6\r\nabcdef\r\n"), .server("STORED\r\n"),
        .client("get xyzkey\r\n"),
        .server("VALUE xyzkey 0 6\r\nabcdef\r\nEND\r\n")),
      alone: [.client], facts: [(.method, "set"), (.topic, "xyzkey")]),
    Example(
      name: "memcached",
      exchange: Exchange(.tcp, .client("get a\r\n"), .server("END\r\n")), facts: [(.topic, "a")]),
    Example(
      name: "memcached",
      exchange: Exchange(
        .tcp,
        .client(
          [0x80, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]
            + Array("Hello".utf8)),
        .server([
          0x81, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0xde, 0xad,
          0xbe, 0xef, 87,
          111, 114, 108, 100,
        ])),
      strength: .proven, facts: [(.topic, "Hello")]),
    Example(
      name: "memcached",
      exchange: Exchange(
        .udp, .client([0x12, 0x34, 0, 0, 0, 1, 0, 0] + Array("stats\r\n".utf8)),
        .server(
          [0x12, 0x34, 0, 0, 0, 1, 0, 0] + Array("STAT pid 1\r\nSTAT version 1.6\r\nEND\r\n".utf8))),
      strength: .proven, facts: [(.version, "1.6")]),
  ]

  static let media: [Example] = [
    Example(
      name: "mumble",
      exchange: Exchange(
        .udp, .client([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
        .server([0, 1, 2, 4, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 3, 0, 0, 0, 100, 0, 1, 0x19, 0x40])),
      strength: .proven, facts: [(.version, "1.2.4"), (.status, "3/100")]),
    Example(
      name: "rtmp",
      exchange: Exchange(
        .tcp, .client([3] + block), .server([3] + other + reply(block)),
        .client(
          reply(other) + [3, 0, 0, 0, 0, 0, 25, 0x14, 0, 0, 0, 0, 2, 0, 7] + Array("connect".utf8)
            + [0, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 3, 0, 3] + Array("app".utf8) + [2, 0, 4]
            + Array("live".utf8)
            + [0, 0, 9])),
      strength: .proven, alone: [.client], facts: [(.path, "live"), (.method, "connect")]),
    // RFC 3435 section 3.2.2
    Example(
      name: "mgcp",
      exchange: Exchange(
        .udp, .client("CRCX 1204 aaln/1@rgw-2567.whatever.net MGCP 1.0\r\nC: A3C47F21456789F0\r\n"),
        .server("200 1204 OK\r\nI: FDE234C8\r\n")),
      strength: .proven, alone: [.client], isSymmetric: true,
      facts: [(.method, "CRCX"), (.to, "aaln/1@rgw-2567.whatever.net"), (.status, "200")]),
    // RFC 3525 appendix I
    Example(
      name: "megaco",
      exchange: Exchange(
        .udp,
        .client("MEGACO/1 [124.124.124.222]\r\nTransaction = 9998 {\r\n  Context = - {\r\n"),
        .server("MEGACO/1 [123.123.123.4]:55555\r\nReply = 9998 {\r\n  Context = - {}}")),
      strength: .proven, alone: [.client, .server], isSymmetric: true,
      facts: [(.session, "9998"), (.message, "Transaction"), (.from, "[124.124.124.222]")]),
    Example(
      name: "oicq",
      exchange: Exchange(
        .udp, .client([2, 0x30, 0x17, 0, 0x62, 0x12, 0x34, 0, 1, 2, 3, 9, 9, 3]),
        .server([2, 0x30, 0x17, 0, 0x62, 0x12, 0x34, 0, 1, 2, 3, 8, 8, 8, 3])),
      isSymmetric: true, facts: [(.user, "66051")]),
  ]

  static let business: [Example] = [
    // HL7 version 2, MLLP
    Example(
      name: "hl7",
      exchange: Exchange(
        .tcp,
        .client(
          "\u{b}MSH|^~\\&|ADT1|GOOD HEALTH|GHH LAB|ELAB|198808181126||ADT^A01^ADT_A01|MSG00001|P|2.5\rPID|1\r\u{1c}\r"
        ),
        .server(
          "\u{b}MSH|^~\\&|GHH LAB|ELAB|ADT1|GOOD HEALTH|198808181126||ACK|7|P|2.5\rMSA|AA|MSG00001\r\u{1c}\r"
        )),
      strength: .proven, alone: [.client, .server], isSymmetric: true,
      facts: [
        (.message, "ADT^A01^ADT_A01"), (.from, "ADT1"), (.to, "GHH LAB"), (.status, "AA"),
        (.version, "2.5"),
      ]),
    Example(
      name: "fix",
      exchange: Exchange(
        .tcp,
        .client(fix("35=A|49=SERVER|56=CLIENT|34=177|52=20090107-18:15:16|98=0|108=30|")),
        .server(fix("35=A|49=CLIENT|56=SERVER|34=1|52=20090107-18:15:17|98=0|108=30|"))),
      strength: .proven, alone: [.client, .server], isSymmetric: true,
      facts: [(.version, "FIX.4.2"), (.message, "A"), (.from, "SERVER"), (.to, "CLIENT")]),
  ]

  private static let block: [UInt8] =
    [0, 0, 0, 9, 0, 0, 0, 0] + (0..<1528).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 5) }
  private static let other: [UInt8] =
    [0, 0, 1, 9, 0, 0, 0, 0] + (0..<1528).map { UInt8(truncatingIfNeeded: $0 &* 11 &+ $0 >> 4) }
  private static func reply(_ block: [UInt8]) -> [UInt8] {
    block.prefix(4) + [0, 0, 0, 1] + block.dropFirst(8)
  }

  private static func fix(_ body: String) -> [UInt8] {
    let fields = Array(body.utf8).map { $0 == 0x7c ? 1 : $0 }
    let message = Array("8=FIX.4.2".utf8) + [1] + Array("9=\(fields.count)".utf8) + [1] + fields
    let sum = message.reduce(0) { ($0 + Int($1)) & 255 }
    let digits = String(sum)
    return message + Array(("10=" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
      + [1]
  }
}
