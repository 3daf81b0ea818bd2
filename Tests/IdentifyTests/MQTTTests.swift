import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct MQTTTests {
  static func string(_ text: String) -> [UInt8] {
    [UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 255)] + Array(text.utf8)
  }
  static func connect(_ body: [UInt8]) -> [UInt8] { [0x10, UInt8(body.count)] + body }

  /// MQTT 3.1.1 section 3.1.2: level 4, user, password and will at QoS 1, keep alive 10 s.
  static let old = connect(
    string("MQTT") + [4, 0xce, 0, 10] + string("sensor-1") + string("will/topic") + string("gone")
      + string("alice") + string("secret"))
  /// MQTT 5 section 3.1.2.11: a session expiry interval of 10 s.
  static let new = connect(
    string("MQTT") + [5, 2, 0, 60, 5, 0x11, 0, 0, 0, 10] + string("five"))
  static let oldest = connect(string("MQIsdp") + [3, 2, 0, 30] + string("old"))
  static let good = [
    Exchange(.tcp, .client(old), .server([0x20, 2, 0, 0])),
    Exchange(.tcp, .client(new), .server([0x20, 6, 0, 0, 3, 0x21, 0, 20])),
    Exchange(.tcp, .client(oldest), .server([0x20, 2, 0, 5])),
  ]

  @Test(arguments: good)
  func `CONNECT and CONNACK are MQTT`(exchange: Exchange) {
    #expect(exchange.name == "mqtt")
    #expect(exchange.identification.recognition?.strength == .answered)
    #expect(exchange.only(.client).name == "mqtt")
  }

  @Test(arguments: good)
  func `cut it is MQTT or nothing`(exchange: Exchange) {
    #expect(exchange.wrongNamesWhenCut(allowed: ["mqtt"]).isEmpty)
    #expect(exchange.reversed.opinion(of: .mqtt) == .no)
  }

  @Test func `client, user, will topic and version are told`() {
    #expect(Self.good[0].fact(.clientID) == "sensor-1")
    #expect(Self.good[0].fact(.user) == "alice")
    #expect(Self.good[0].fact(.topic) == "will/topic")
    #expect(Self.good[0].fact(.version) == "3.1.1")
    #expect(Self.good[1].fact(.version) == "5.0")
    #expect(Self.good[2].fact(.status) == "5")
  }

  @Test(arguments: [
    connect(string("MQTT") + [4, 3, 0, 10] + string("a")),
    connect(string("MQTT") + [4, 0x42, 0, 10] + string("a") + string("p")),
    connect(string("MQTT") + [9, 2, 0, 10] + string("a")),
    connect(string("MQTX") + [4, 2, 0, 10] + string("a")),
    connect(string("MQTT") + [4, 2, 0, 10] + string("a") + [0]),
    connect(string("MQTT") + [4, 0x1c, 0, 10] + string("a") + string("b") + string("c")),
    connect(string("MQTT") + [4, 2, 0, 10, 0, 9] + [0x61]),
    [0x11] + connect(string("MQTT") + [4, 2, 0, 10] + string("a")).dropFirst(),
  ])
  func `a CONNECT that breaks the rules is not MQTT`(bytes: [UInt8]) {
    #expect(Exchange(.tcp, .client(bytes)).opinion(of: .mqtt) == .no)
  }

  @Test func `a malformed CONNECT that a server acknowledged is MQTT`() {
    let bytes = Self.connect(Self.string("MQTT") + [5, 2, 0, 10, 0xff, 0x21] + Self.string("a"))
    #expect(Exchange(.tcp, .client(bytes), .server([0x20, 3, 0, 0, 0])).name == "mqtt")
    #expect(Exchange(.tcp, .client(bytes)).opinion(of: .mqtt) == .no)
  }

  @Test func `another answer denies it`() {
    #expect(Exchange(.tcp, .client(Self.old), .server([0x20, 2, 0, 9])).opinion(of: .mqtt) == .no)
    #expect(Exchange(.tcp, .client(Self.old), .server("HTTP/1.1 400")).opinion(of: .mqtt) == .no)
  }

  @Test func `a subscription acknowledged by its number is MQTT without its start`() {
    let exchange = Exchange(
      .tcp, .client([0x82, 8, 0, 10, 0, 3, 0x61, 0x2f, 0x62, 1]), .server([0x90, 3, 0, 10, 1]))
    #expect(Identification(of: exchange.midstream).recognition?.application == "mqtt")
    let other = Exchange(
      .tcp, .client([0x82, 8, 0, 10, 0, 3, 0x61, 0x2f, 0x62, 1]), .server([0x90, 3, 0, 11, 1]))
    #expect(Identification(of: other.midstream).recognition == nil)
  }
}
