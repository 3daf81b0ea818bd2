import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  /// A call and its reply in the strict binary protocol (thrift-binary-protocol.md).
  static let thriftBinary = Sample(
    "thrift", .proven,
    (.client, hexadecimal("80010001 00000004'ping' 00000007 00")),
    (.server, hexadecimal("80010002 00000004'ping' 00000007 08 0000 0000002a 00")))
  static let thriftFramed = Sample(
    "thrift", .proven,
    (
      .client,
      hexadecimal(
        "00000022 80010001 00000003'add' 00000001 08 0001 00000001 0a 0002 0000000000000002 00")
    ),
    (.server, hexadecimal("00000017 80010002 00000003'add' 00000001 08 0000 00000003 00")))
  /// The compact protocol (thrift-compact-protocol.md): type and version in the second byte.
  static let thriftCompact = Sample(
    "thrift", .proven,
    (.client, hexadecimal("82 21 05 04'ping' 15 02 18 03'abc' 00")),
    (.server, hexadecimal("82 41 05 04'ping' 05 00 54 00")))
  static let thriftOneway = Sample(
    "thrift", .consistent, over: .udp,
    (.client, hexadecimal("82 81 01 09'emitBatch' 1c 1c 18 03'svc' 00 19 0c 00 00")))
  /// The header transport (HeaderFormat.md): magic, flags, sequence, words of header, protocol, no transforms.
  static let thriftHeader = Sample(
    "thrift", .proven,
    (
      .client,
      hexadecimal("0000001f 0fff 0000 00000009 0001 00000000 80010001 00000004'ping' 00000000 00")
    ),
    (
      .server,
      hexadecimal(
        "00000026 0fff 0000 00000009 0001 00000000 80010002 00000004'ping' 00000000 08 0000 0000002a 00"
      )
    ))
  /// NebulaGraph 1.x: the login answers with the session as field 2, the query with the error text as field 3.
  static let nebula = Sample(
    "thrift", .proven,
    (
      .client,
      hexadecimal(
        "80010001 0000000c'authenticate' 00000000 0b0001 00000004'root' 0b0002 00000006'nebula' 00")
    ),
    (
      .server,
      hexadecimal(
        "80010002 0000000c'authenticate' 00000000 0c0000 080001 00000000 0a0002 0000000000000007 00 00"
      )
    ),
    (
      .client,
      hexadecimal(
        "80010001 00000007'execute' 00000000 0a0001 0000000000000007 0b0002 0000000a'SHOW HOSTS' 00"
      )
    ),
    (
      .server,
      hexadecimal(
        "80010002 00000007'execute' 00000000 0c0000 080001 fffffff9 080002 00000010 0b0003 00000003'bad' 00 00"
      )
    ))
  static let thrift = [
    thriftBinary, thriftFramed, thriftCompact, thriftOneway, thriftHeader, nebula,
  ]
}

@Suite struct ThriftTests {
  @Test func `names the procedure and the reply`() {
    #expect(Sample.thriftBinary.fact(.method) == "ping")
    #expect(Sample.thriftBinary.fact(.status) == "reply")
    #expect(Sample.thriftHeader.fact(.dialect) == "header transport")
  }

  @Test func `tells graphd 1.x with its user, its statement and its session`() {
    #expect(Sample.nebula.fact(.server) == "NebulaGraph graphd 1.x")
    #expect(Sample.nebula.fact(.user) == "root")
    #expect(Sample.nebula.fact(.message) == "SHOW HOSTS")
    #expect(Sample.nebula.fact(.session) == "7")
  }

  @Test func `tells a later graphd by the place of the session`() {
    let sample = Sample(
      "thrift", .proven,
      (
        .client,
        hexadecimal(
          "80010001 0000000c'authenticate' 00000000 0b0001 00000004'root' 0b0002 00000006'nebula' 00"
        )
      ),
      (
        .server,
        hexadecimal(
          "80010002 0000000c'authenticate' 00000000 0c0000 080001 00000000 0a0003 0000000000000007 00 00"
        )
      ))
    #expect(sample.fact(.server) == "NebulaGraph graphd 2.x or later")
  }

  @Test func `does not take another service's login for graphd`() {
    let sample = Sample(
      "thrift", .proven,
      (
        .client,
        hexadecimal(
          "80010001 0000000c'authenticate' 00000000 0b0001 00000004'root' 0b0002 00000006'nebula' 00"
        )
      ),
      (.server, hexadecimal("80010002 0000000c'authenticate' 00000000 020000 01 00")))
    #expect(sample.fact(.method) == "authenticate")
    #expect(sample.fact(.server) == nil)
    #expect(sample.fact(.user) == nil)
  }

  @Test(arguments: [
    // A type of message that there is not, a field type that there is not, a name that is none, a frame too long.
    "80010005 00000004'ping' 00000007 00", "80010001 00000004'ping' 00000007 11 0001 00",
    "80010001 00000004'p ng' 00000007 00", "00000012 80010001 00000004'ping' 00000007 00 00",
    "82 22 05 04'ping' 00", "80020001 00000004'ping' 00000007 00", "82 a1 05 04'ping' 00",
  ])
  func `a near miss is none`(bytes: String) {
    let conversation = Conversation(.tcp, [(.client, hexadecimal(bytes))])
    #expect(Recogniser.thrift.look(conversation) == .no)
  }

  @Test func `structures nested without end are refused`() {
    let nested =
      hexadecimal("80010001 00000004'ping' 00000007")
      + Array(repeating: [12, 0, 1], count: 4000).flatMap { $0 }
    #expect(Recogniser.thrift.look(Conversation(.tcp, [(.client, nested)])) == .no)
  }
}
