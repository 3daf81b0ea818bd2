import Packets
import Testing

@testable import Flows
@testable import Identify

/// Streams whose start was missed and that can be told all the same.
@Suite struct MissedStartTests {
  static let publish: [UInt8] = [0x30, 8, 0, 3, 0x61, 0x2f, 0x62, 1, 2, 3]
  static let deliver: [UInt8] =
    [1, 0, 1, 0, 0, 0, 9, 0, 60, 0, 60, 1, 0x61, 0, 0, 0, 0xce]
    + [2, 0, 1, 0, 0, 0, 14, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0xce]
    + [3, 0, 1, 0, 0, 0, 1, 0x78, 0xce]

  static let found: [(name: String, exchange: Exchange)] = [
    ("amqp", Exchange(.tcp, .server(deliver))),
    ("amqp", Exchange(.tcp, .server(deliver), .client([1, 0, 1, 0, 0, 0, 4, 0, 60, 0, 80, 0xce]))),
    ("mqtt", Exchange(.tcp, .client(publish + publish + publish + publish))),
    ("irc", Exchange(.tcp, .server(":a!b@c PRIVMSG #d :hi\r\n"), .client("PRIVMSG #d :hello\r\n"))),
    (
      "xmpp",
      Exchange(
        .tcp, .client("<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>"),
        .server("<iq type='result' id='1'><query xmlns='jabber:iq:roster'/></iq>"))
    ),
    (
      "redis",
      Exchange(
        .tcp, .client([0x66, 0x6f, 0x6f, 13, 10]), .client("*2\r\n$3\r\nGET\r\n$1\r\na\r\n"),
        .server("$1\r\nb\r\n"))
    ),
    (
      "rtsp",
      Exchange(
        .tcp, .client("PLAY rtsp://a/b RTSP/1.0\r\nCSeq: 4\r\n\r\n"),
        .server([0x24, 0, 0, 2, 1, 1]), .server("RTSP/1.0 200 OK\r\nCSeq: 4\r\n\r\n"))
    ),
  ]

  @Test(arguments: 0..<found.count)
  func `it is found`(index: Int) {
    let (name, exchange) = Self.found[index]
    #expect(Identification(of: exchange.midstream).recognition?.application == name)
  }

  @Test(arguments: 0..<found.count)
  func `it is not found in what goes before`(index: Int) {
    let exchange = Self.found[index].exchange
    let bytes = exchange.said.reduce(0) { $0 + $1.bytes.count }
    for count in 0..<bytes {
      let name = Identification(of: exchange.cut(to: count).midstream).recognition?.application
      #expect(name == nil || name == Self.found[index].name)
    }
  }

  @Test func `frames that do not end where they say are not AMQP`() {
    var bytes = Self.deliver
    bytes[16] = 0xcd
    #expect(Identification(of: Exchange(.tcp, .server(bytes)).midstream).recognition == nil)
  }

  @Test func `a gateway's command counts from either side`() throws {
    let exchange = Exchange(
      .udp, .client("200 7 OK\r\n"), .server("RQNT 1203 aaln/1@rgw MGCP 1.0\r\nX: 1\r\n"),
      .client("200 1203 OK\r\n"))
    let found = try #require(exchange.identification.recognition)
    #expect(found.application == "mgcp")
    #expect(found.strength == .proven)
    #expect(found.clientIs == nil)
  }

  @Test func `Megaco without blanks is Megaco`() {
    let exchange = Exchange(
      .udp, .client("!/1 [124.124.124.222]:55555\nT=10{C=-{SC=ROOT{SV{MT=RS}}}}"),
      .server("!/1 [125.125.125.111]:55555\nP=10{C=-{SC=ROOT{SV{}}}}"))
    #expect(exchange.name == "megaco")
    #expect(exchange.identification.recognition?.strength == .proven)
  }
}
