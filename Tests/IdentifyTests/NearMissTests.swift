import Packets
import Testing

@testable import Flows
@testable import Identify

/// Conversations that look like a protocol and break one of its rules: the recogniser must not say yes.
@Suite struct NearMissTests {
  struct Miss: Sendable, CustomTestStringConvertible {
    let recogniser: Recogniser
    let exchange: Exchange
    let rule: String
    var testDescription: String { "\(recogniser.name): \(rule)" }

    init(
      _ recogniser: Recogniser, _ rule: String, _ said: Exchange.Saying...,
      over transport: Transport = .tcp
    ) {
      self.recogniser = recogniser
      self.rule = rule
      var exchange = Exchange(transport)
      exchange.said = said
      self.exchange = exchange
    }
  }

  @Test(arguments: mail + web + binary + tools)
  func `what breaks a rule is not taken for it`(miss: Miss) {
    if case .yes(let found) = miss.exchange.opinion(of: miss.recogniser) {
      Issue.record("\(miss.recogniser.name) said yes: \(found.strength)")
    }
  }

  static let mail = [
    Miss(
      .pop3, "an answer that is none", .server("+OK hi\r\n"), .client("USER a\r\n"),
      .server("250 OK\r\n")),
    Miss(.pop3, "a greeting alone", .server("+OK hi\r\n")),
    Miss(.pop3, "a client that speaks Redis", .client("PING\r\n"), .server("+OK\r\n")),
    Miss(.pop3, "a command that POP3 has not", .server("+OK hi\r\n"), .client("HELO a\r\n")),
    Miss(.imap, "a greeting alone that does not name itself", .server("* OK ready\r\n")),
    Miss(.imap, "a tag with a star", .client("*1 LOGIN a b\r\n*2 SELECT c\r\n")),
    Miss(.imap, "commands that IMAP has not", .client("a1 FROB\r\na2 FROB\r\n")),
    Miss(.imap, "another protocol's greeting", .server("+OK IMAP\r\n"), .client("a LOGIN b c\r\n")),
    Miss(.nntp, "commands of FTP", .server("200 hello\r\n"), .client("USER a\r\n")),
    Miss(
      .nntp, "a greeting of several lines", .server("200-NNTP\r\n200 ready\r\n"),
      .client("GROUP a\r\n")),
    Miss(
      .nntp, "a code that NNTP has not", .server("200 a\r\n"), .client("GROUP b\r\n"),
      .server("299 x\r\n")),
    Miss(.irc, "a nickname alone", .client("NICK a\r\n")),
    Miss(.irc, "one numeric alone", .server(":a 001 b :c\r\n")),
    Miss(.irc, "binary behind the nickname", .client("NICK a\r\n"), .server([0, 1, 2, 10])),
    Miss(.xmpp, "another namespace", .client("<stream:stream xmlns:stream='http://example.com/'>")),
    Miss(.xmpp, "other XML", .client("<?xml version='1.0'?><policy-file-request/>")),
    Miss(
      .msnp, "another number in the answer", .client("VER 1 MSNP8\r\n"), .server("VER 2 MSNP8\r\n")),
    Miss(.msnp, "versions of something else", .client("VER 1 XYZ8\r\n"), .server("VER 1 XYZ8\r\n")),
    Miss(.ftp, "a session of POP3 without its server", .client("USER a\r\nPASS b\r\nLIST\r\n")),
    Miss(
      .redis, "a session of POP3 without its greeting", .client("AUTH NTLM\r\n"), .server("+OK\r\n")
    ),
    Miss(.telnet, "one option alone", .server([255, 253, 24])),
    Miss(
      .telnet, "options that do not exist", .server([255, 253, 180, 255, 251, 199]),
      .client([255, 252, 180])),
    Miss(.telnet, "text without commands", .server("login: "), .client("root\r\n")),
    Miss(
      .telnet, "255 within binary", .server([1, 2, 3, 255, 253, 24, 255, 251, 1]),
      .client([255, 251, 24])),
  ]

  static let web = [
    Miss(.rtsp, "no sequence number", .client("DESCRIBE rtsp://a/b RTSP/1.0\r\nAccept: x\r\n\r\n")),
    Miss(.rtsp, "a method of SIP", .client("INVITE rtsp://a/b RTSP/1.0\r\nCSeq: 1\r\n\r\n")),
    Miss(
      .rtsp, "an answer of HTTP", .client("OPTIONS rtsp://a/b RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
      .server("HTTP/1.1 400 Bad Request\r\n\r\n")),
    Miss(.icap, "a method of HTTP", .client("GET icap://a/b ICAP/1.0\r\nHost: a\r\n\r\n")),
    Miss(.icap, "no host and no answer", .client("OPTIONS icap://a/b ICAP/1.0\r\n\r\n")),
    Miss(.jsonRPC, "no method", .client(#"{"jsonrpc":"2.0","id":1}"#)),
    Miss(
      .jsonRPC, "a version that does not exist", .client(#"{"jsonrpc":"3.0","method":"a","id":1}"#)),
    Miss(
      .jsonRPC, "JSON of something else", .client(#"{"a":1,"b":[1,2]}"#), .server(#"{"result":1}"#)),
    Miss(
      .jsonRPC, "parameters that are a number",
      .client(#"{"jsonrpc":"2.0","method":"a","params":1,"id":1}"#)),
    Miss(.jsonRPC, "no JSON", .client(#"{"jsonrpc":"2.0","method":}"#)),
    Miss(.stratum, "no method of miners", .client(#"{"id":1,"method":"echo","params":["a"]}"#)),
    Miss(
      .stratum, "a login without a wallet",
      .client(#"{"id":1,"method":"login","params":{"user":"a"}}"#)),
    Miss(
      .fastcgi, "a role that does not exist",
      .client([1, 1, 0, 1, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0])),
    Miss(
      .fastcgi, "a request without its number",
      .client([1, 1, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])),
    Miss(
      .fastcgi, "an answer to another request",
      .client([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      .server([1, 6, 0, 2, 0, 0, 0, 0])),
    Miss(.ajp13, "a method that does not exist", .client([0x12, 0x34, 0, 4, 2, 99, 0, 1])),
    Miss(
      .ajp13, "another answer to a ping", .client([0x12, 0x34, 0, 1, 10]),
      .server([0x41, 0x42, 0, 1, 4])),
    Miss(.ajp13, "a ping alone", .client([0x12, 0x34, 0, 1, 10])),
  ]

  static let binary = [
    Miss(
      .stomp, "an answer that STOMP has not", .client("CONNECT\nhost:a\n\n\u{0}"), .server("OK\n")),
    Miss(.stomp, "a frame without its end", .client("CONNECT\nhost:a\n\n")),
    Miss(.stomp, "a proxy's request", .client("CONNECT a:80 HTTP/1.1\r\n\r\n")),
    Miss(.nats, "no JSON", .server("INFO hello\r\n")),
    Miss(.nats, "JSON of something else", .server("INFO {\"a\":1}\r\n"), .client("CONNECT {}\r\n")),
    Miss(.amqp, "a version that does not exist", .client(Array("AMQP".utf8) + [9, 9, 9, 9])),
    Miss(
      .amqp, "a frame without its end", .client(Array("AMQP".utf8) + [0, 0, 9, 1]),
      .server([1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 10, 0xcd])),
    Miss(
      .amqp, "another method first", .client(Array("AMQP".utf8) + [0, 0, 9, 1]),
      .server([1, 0, 0, 0, 0, 0, 4, 0, 20, 0, 10, 0xce])),
    Miss(
      .openwire, "another word",
      .client([0, 0, 0, 14, 1] + Array("ActiveMX".utf8) + [0, 0, 0, 10, 0])),
    Miss(
      .openwire, "a length too short",
      .client([0, 0, 0, 3, 1] + Array("ActiveMQ".utf8) + [0, 0, 0, 10, 0])),
    Miss(
      .gearman, "a type that does not exist", .client([0, 82, 69, 81, 0, 0, 0, 99, 0, 0, 0, 1, 1])),
    Miss(.gearman, "an empty packet alone", .client([0, 82, 69, 81, 0, 0, 0, 9, 0, 0, 0, 0])),
    Miss(.beanstalk, "another tube in the answer", .client("use a\r\n"), .server("USING b\r\n")),
    Miss(
      .beanstalk, "an answer of memcached", .client("put 0 0 60 5\r\nhello\r\n"),
      .server("STORED\r\n")),
    Miss(.memcached, "data of another length", .client("set a 0 0 3\r\nabcdef\r\n")),
    Miss(.memcached, "a question alone", .client("get a\r\n")),
    Miss(.memcached, "an answer to another command", .client("get a\r\n"), .server("STORED\r\n")),
    Miss(
      .memcached, "another number in the answer",
      .client([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]),
      .server([0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 5, 0, 0, 0, 0, 0, 0, 0, 0])),
    Miss(
      .memcached, "another request's answer",
      .client([1, 2, 0, 0, 0, 1, 0, 0] + Array("stats\r\n".utf8)),
      .server([1, 3, 0, 0, 0, 1, 0, 0] + Array("STAT pid 1\r\n".utf8)), over: .udp),
    Miss(
      .mumble, "another number in the answer", .client([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
      .server([0, 1, 2, 4, 1, 2, 3, 4, 5, 6, 7, 9] + Array(repeating: 0, count: 12)), over: .udp),
    Miss(.mumble, "a ping alone", .client([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]), over: .udp),
    Miss(
      .rtmp, "blocks that repeat nothing", .client([3] + Array(repeating: 0, count: 4000)),
      .server([3] + Array(repeating: 0, count: 4000))),
    Miss(.rtmp, "another version", .client([4] + Array(repeating: 1, count: 4000))),
    Miss(
      .oicq, "one datagram alone", .client([2, 0x30, 0x17, 0, 0x62, 1, 2, 0, 1, 2, 3, 9, 3]),
      over: .udp),
    Miss(
      .oicq, "no end", .client([2, 0x30, 0x17, 0, 0x62, 1, 2, 0, 1, 2, 3, 9, 4]),
      .server([2, 0x30, 0x17, 0, 0x62, 1, 2, 0, 1, 2, 3, 9, 3]), over: .udp),
    Miss(.hl7, "equal separators", .client("\u{b}MSH||||&|a|b|c|d|1||ADT|1|P|2.5\r\u{1c}\r")),
    Miss(.hl7, "another segment first", .client("\u{b}PID|^~\\&|a|b|c|d|1||ADT|1|P|2.5\r\u{1c}\r")),
    Miss(.fix, "a wrong checksum", .client("8=FIX.4.2\u{1}9=5\u{1}35=0\u{1}10=000\u{1}")),
    Miss(.fix, "a wrong length", .client("8=FIX.4.2\u{1}9=6\u{1}35=0\u{1}10=161\u{1}")),
  ]

  static let tools = [
    Miss(
      .stun, "a stream that ends within its message",
      .client(hexadecimal("0001fffc2112a442000102030405060708090a0b"))),
    Miss(
      .epmd, "a length that goes beyond its node",
      .client(hexadecimal("001578afc84d000006000500066f66666963650000")),
      .server(hexadecimal("76000000006b"))),
    Miss(.git, "a length that does not fit", .client("0099git-upload-pack /a\u{0}host=b\u{0}")),
    Miss(.git, "another service", .client("0015git-frobnicate /a\u{0}")),
    Miss(
      .git, "an answer that is no line", .client("001agit-upload-pack /abcd\u{0}"),
      .server("HTTP/1.1 400 Bad Request\r\n\r\n")),
    Miss(.finger, "text of something else", .client("hello\r\n"), .server("how are you?\r\n")),
    Miss(.finger, "a second line", .client("a\r\nb\r\n"), .server("Login: a Name: b\r\n")),
    Miss(.whois, "one field alone", .client("a\r\n"), .server("Country: NL\r\n")),
    Miss(
      .whois, "headers of HTTP", .client("a\r\n"),
      .server("HTTP/1.1 200 OK\r\nServer: a\r\nDate: b\r\n")),
    Miss(.rsync, "no version", .server("@RSYNCD: OK\n")),
    Miss(.rsync, "another word", .server("@RSYNC: 31.0\n")),
    Miss(.svn, "another result", .server("( failure ( 2 2 ( ) ( ) ) ) ")),
    Miss(
      .svn, "a client that speaks otherwise", .server("( success ( 2 2 ( ) ( a ) ) ) "),
      .client("GET /\r\n")),
    Miss(.munin, "another comment", .server("# hello\n"), .client("list\n")),
    Miss(
      .zabbix, "flags that do not exist",
      .client(Array("ZBXD".utf8) + [8, 2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d])),
    Miss(.haproxy, "a port too high", .client("PROXY TCP4 1.2.3.4 5.6.7.8 70000 80\r\n")),
    Miss(.haproxy, "no address", .client("PROXY TCP4 a b 1 2\r\n")),
    Miss(
      .haproxy, "another version",
      .client([13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10, 0x11, 0x11, 0, 12])),
    Miss(.ncid, "a greeting of news", .server("200 ready\r\n")),
    Miss(.kismet, "no start time", .server("*KISMET: 0.0.0 now \u{1}Kismet\u{1} 1\n")),
    Miss(.syslog, "a priority too high", .client("<192>Oct 11 22:14:15 a b: c"), over: .udp),
    Miss(.syslog, "a leading zero", .client("<034>Oct 11 22:14:15 a b: c"), over: .udp),
    Miss(.syslog, "an answer", .client("<34>Oct 11 22:14:15 a b: c"), .server("OK"), over: .udp),
    Miss(
      .syslog, "binary behind the priority",
      .client(Array("<34>Oct 11".utf8) + [0, 1, 2, 3, 4, 5]), over: .udp),
    Miss(.syslog, "a priority and text on a stream", .client("<34>hello\n")),
    Miss(.mgcp, "another version", .client("CRCX 1 a@b MGCP 7.0\r\n"), over: .udp),
    Miss(
      .mgcp, "another number in the answer", .client("CRCX 1 a@b MGCP 1.0\r\n"),
      .server("200 2 OK\r\n"), over: .udp),
    Miss(
      .megaco, "another transaction's word",
      .client("MEGACO/1 [1.2.3.4]\r\nFrobnicateAllTheThings = 1 {}"), over: .udp),
    Miss(
      .megaco, "a version that does not exist", .client("MEGACO/9 [1.2.3.4]\r\nTransaction = 1 {"),
      over: .udp),
    Miss(.ssdp, "a response of HTTP", .client("HTTP/1.1 200 OK\r\nServer: a\r\n\r\n"), over: .udp),
  ]
}
