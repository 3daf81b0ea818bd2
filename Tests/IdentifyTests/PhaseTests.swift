import Flows
import Packets
import Testing

@testable import Identify

/// Phases of protocols other than their opening: connections met under way, and sides that were captured alone.
@Suite struct PhaseTests {
  /// Connections whose start was missed.
  static let underway: [(name: String, exchange: Exchange)] = [
    (
      "dns",
      Exchange(
        .tcp,
        .client(hexadecimal("001d 1234 0100 0001 0000 0000 0000 07'example'03'org'00 0001 0001"))
      )
    ),
    (
      "ajp13",
      Exchange(
        .tcp,
        .server(
          hexadecimal("4142 000a 03 0006'hello!'00 4142 0008 04 00c8 0002'OK'00")
            + hexadecimal("4142 0002 05 01")))
    ),
    (
      "amqp",
      Exchange(
        .tcp, .client(hexadecimal("0000000c 02 00 0000 00 53 14 c0 00000008 02 00 0000")),
        .server(hexadecimal("0000000c 02 00 0000 00 53 15 c0")))
    ),
    (
      "nats",
      Exchange(.tcp, .server("MSG a.b 9 5\r\nhello\r\nMSG a.b 9 3\r\nyou\r\n"), .client("PING\r\n"))
    ),
    (
      "stomp",
      Exchange(
        .tcp, .client("SEND\ndestination:/queue/a\n\nhello\0"),
        .server("MESSAGE\ndestination:/queue/a\nmessage-id:7\n\nhello\0"))
    ),
    (
      "msnp",
      Exchange(
        .tcp, .server("MSG anna@example.com Anna 33\r\nMIME-Version: 1.0\r\nTypingUser: "))
    ),
    (
      "skinny",
      Exchange(
        .tcp, .client([0x01]), .client(hexadecimal("04000000 00000000 00000000")),
        .client(hexadecimal("04000000 00000000 00000000")),
        .server(hexadecimal("04000000 00000000 00010000")))
    ),
    (
      "vnc", Exchange(.tcp, .client("RFB 003.008\n"), .server(hexadecimal("02 02 10")))
    ),
    (
      "postgresql",
      Exchange(
        .tcp, .server(hexadecimal("4e 52 0000000c 00000005 a1b2c3d4")))
    ),
    (
      "mysql",
      Exchange(
        .tcp,
        .client(
          hexadecimal(
            "26000001 85a60f00 00000001 21 0000000000000000000000000000000000000000000000")
            + hexadecimal("'anna'00 00")),
        .server(hexadecimal("07000002 00 00 00 0200 0000")))
    ),
    (
      "modbus",
      Exchange(
        .tcp, .client(hexadecimal("0001 0000 0006 01 03 0000 000a")),
        .client(hexadecimal("0002 0000 0006 01 03 0010 0002")))
    ),
    (
      "dcerpc",
      Exchange(
        .tcp,
        .server(
          hexadecimal("05 00 02 03 10000000 1c00 0000 07000000 04000000 0000 00 00 01020304")),
        .server(hexadecimal("05 00 02 03 10000000 1c00 0000 08000000 04000000 0000 00 00 05060708"))
      )
    ),
    (
      "fastcgi",
      Exchange(
        .tcp, .client(hexadecimal("01 05 0001 0000 00 00")),
        .server(
          hexadecimal("01 06 0001 0006 02 00'hello!'0000 01 03 0001 0008 00 00 00000000 00 000000"))
      )
    ),
    (
      "ssh",
      Exchange(
        .tcp,
        .server(
          hexadecimal("00000034 05 1f 00000010 0000000b'ssh-ed25519'00 00000004 01020304 00000004")
            + hexadecimal("05060708 0000000000 0000000000 0000000000 00")))
    ),
    (
      "lustre",
      Exchange(
        .tcp,
        .client(
          hexadecimal("c1000000 00000000 0000000000000000 0000000000000000")
            + hexadecimal("0201a8c000000200 0101a8c000000200 39300000 39300000 01000000 00000000")
            + hexadecimal(
              "00000000000000000000000000000000000000000000000000000000000000000000000000000000")),
        .server(
          hexadecimal("c1000000 00000000 0000000000000000 0000000000000000")
            + hexadecimal("0101a8c000000200 0201a8c000000200 39300000 39300000 00000000 00000000")
            + hexadecimal(
              "00000000000000000000000000000000000000000000000000000000000000000000000000000000")))
    ),
    (
      "imap",
      Exchange(
        .tcp, .server("* 23 EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n* OK [UIDNEXT 24] next\r\n"))
    ),
    (
      "nntp",
      Exchange(
        .tcp, .client("GROUP comp.example\r\n"), .server("211 10 1 10 comp.example\r\n"))
    ),
  ]

  @Test(arguments: 0..<underway.count)
  func `a connection under way is found`(index: Int) {
    let (name, exchange) = Self.underway[index]
    #expect(Identification(of: exchange.midstream).recognition?.application == name)
  }

  @Test(arguments: 0..<underway.count)
  func `a connection under way gets no other name when it is cut`(index: Int) {
    let (name, exchange) = Self.underway[index]
    let bytes = exchange.said.reduce(0) { $0 + $1.bytes.count }
    for count in 0..<bytes {
      let found = Identification(of: exchange.cut(to: count).midstream).recognition?.application
      #expect(found == nil || found == name, "\(count)")
    }
  }

  @Test func `Tunnels of L2TP are told by the PPP in one session of theirs`() {
    let packet = hexadecimal(
      "0002 1a2b 0007 ff03 0021 4500001c 00010000 40110000 0a000001 0a000002")
    let other = hexadecimal("0002 1a2b 0008 ff03 0021 4500001c 00010000 40110000 0a000001 0a000002")
    #expect(Exchange(.udp, .client(packet), .client(packet), .client(packet)).name == "l2tp")
    #expect(Exchange(.udp, .client(packet), .client(packet), .client(other)).name == nil)
    #expect(Exchange(.udp, .client(packet), .client(packet)).name == nil)
  }

  @Test func `Peers of Bitcoin are told by one side's sums`() {
    // `verack` has no content, and the sum of nothing is known.
    let message = hexadecimal("f9beb4d9 'verack'000000000000 00000000 5df6e0e2")
    #expect(Exchange(.tcp, .client(message)).name == "bitcoin")
    var bent = message
    bent[20] ^= 1
    #expect(Exchange(.tcp, .client(bent)).name == nil)
  }

  @Test func `A call of Sun RPC needs another one, of a program that is known`() {
    func call(_ transaction: String, _ program: String) -> [UInt8] {
      hexadecimal(
        "\(transaction) 00000000 00000002 \(program) 00000003 00000001"
          + "00000000 00000000 00000000 00000000")
    }
    let first = call("00000001", "000186a3")
    #expect(Exchange(.udp, .client(first)).name == nil)
    #expect(Exchange(.udp, .client(first), .client(first)).name == nil)
    #expect(Exchange(.udp, .client(first), .client(call("00000002", "000186a3"))).name == "sunrpc")
    let unknown = [call("00000001", "00001234"), call("00000002", "00001234")]
    #expect(Exchange(.udp, .client(unknown[0]), .client(unknown[1])).name == nil)
  }

  @Test func `A query of a private type is still DNS`() {
    // What tunnels through name servers ask for (65399 is one of them).
    let query = hexadecimal("1234 0100 0001 0000 0000 0000 05'abcde'07'example'03'org'00 ff77 0001")
    var answer = query
    answer[2] = 0x84
    #expect(Exchange(.udp, .client(query), .server(answer)).name == "dns")
  }

  @Test func `Megaco's acknowledgements have their numbers in braces`() {
    let said = Exchange(
      .udp, .client("MEGACO/1 [192.0.2.1]:2944\nTransactionResponseAck{50005,50007-50009}"))
    #expect(said.name == "megaco")
    #expect(said.fact(.session) == "50005")
  }

  @Test func `Gnutella's answer has its question's identifier`() {
    let ping = hexadecimal("0102030405060708ff0a0b0c0d0e0f00 00 01 00 00000000")
    let pong = hexadecimal(
      "0102030405060708ff0a0b0c0d0e0f00 01 01 00 0e000000 ca18 c0000209 01000000 02000000")
    var other = pong
    other[8] ^= 1
    #expect(Exchange(.udp, .client(ping), .server(pong)).name == "gnutella")
    #expect(Exchange(.udp, .client(ping), .server(other)).name == nil)
  }

  @Test func `A program asks adb's server for a service`() {
    #expect(Exchange(.tcp, .client("000chost:version"), .server("OKAY00040029")).name == "adb")
    #expect(Exchange(.tcp, .client("000chost:version"), .server("FAIL0004nope")).name == "adb")
    #expect(
      Exchange(.tcp, .client("000chost:version"), .server("HTTP/1.0 400 Bad\r\n")).name != "adb")
    #expect(Exchange(.tcp, .client("000cvolume:abcde"), .server("OKAY")).name == nil)
  }

  @Test func `TeamViewer's datagrams are filled by their messages`() {
    let one = hexadecimal("00 00000000 00000000 0000 1724 20 0400 01020304")
    let two = hexadecimal("00 00000000 00000001 0000 1724 21 0200 0506")
    #expect(Exchange(.udp, .client(one), .server(two)).name == "teamviewer")
    #expect(Exchange(.udp, .client(one), .server(two + [0])).name == nil)
  }

  @Test func `A probe of RIPE Atlas names an address and a port, and nothing else`() {
    #expect(Exchange(.tcp, .client("MGLNDD_192.0.2.7_3699\n")).name == "ripe-atlas")
    for text in ["MGLNDD_192.0.2_3699\n", "MGLNDD_192.0.2.7_\n", "MGLNDD_192.0.2.7_3699\nGET /"] {
      #expect(Exchange(.tcp, .client(text)).name == nil)
    }
  }

  @Test func `A Nebula answer to an index that nobody told is none`() throws {
    let sample = try #require(Sample.overlooked.first { $0.name == "nebula" })
    var said = sample.said
    said[1].1[7] ^= 1
    #expect(Identification(of: Conversation(.udp, said)).recognition?.strength != .proven)
  }

  @Test func `FoundationDB's packet of another length or release is none`() throws {
    let sample = try #require(Sample.overlooked.first { $0.name == "foundationdb" })
    for place in [0, 10] {
      var said = sample.said
      said[0].1[place] ^= 0x40
      #expect(Identification(of: Conversation(.tcp, said)).recognition == nil)
    }
  }

  @Test func `A mail server's extensions name a connection whose greeting was missed`() {
    let said = Exchange(
      .tcp, .server("250-mail.example.org\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 DSN\r\n"))
    #expect(Identification(of: said.midstream).recognition?.application == "smtp")
  }
}
