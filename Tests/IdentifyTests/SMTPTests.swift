import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct SMTPTests {
  /// The scenario of RFC 5321 appendix D.1.
  static let example = Exchange(
    .tcp, .server("220 foo.com Simple Mail Transfer Service Ready\r\n"),
    .client("EHLO bar.com\r\n"),
    .server("250-foo.com greets bar.com\r\n250-8BITMIME\r\n250-SIZE\r\n250-DSN\r\n250 HELP\r\n"),
    .client("MAIL FROM:<Smith@bar.com>\r\n"), .server("250 OK\r\n"),
    .client("RCPT TO:<Jones@foo.com>\r\n"), .server("250 OK\r\n"), .client("DATA\r\n"),
    .server("354 Start mail input; end with <CRLF>.<CRLF>\r\n"))

  @Test func `greeting, EHLO and 250 are SMTP`() {
    #expect(Self.example.name == "smtp")
    #expect(Self.example.identification.recognition?.strength == .answered)
    #expect(Self.example.fact(.serverBanner) == "foo.com Simple Mail Transfer Service Ready")
    #expect(Self.example.fact(.clientID) == "bar.com")
    #expect(Self.example.fact(.from) == "Smith@bar.com")
    #expect(Self.example.fact(.to) == "Jones@foo.com")
  }

  @Test func `cut it is SMTP or nothing`() {
    #expect(Self.example.wrongNamesWhenCut(allowed: ["smtp"]).isEmpty)
  }

  @Test func `each side alone is SMTP`() {
    #expect(Self.example.only(.client).name == "smtp")
    #expect(Self.example.only(.server).name == "smtp")
    #expect(Exchange(.tcp, .server("220 mx.example ESMTP Postfix\r\n")).name == "smtp")
  }

  @Test func `a server that names itself is SMTP whatever it is sent`() {
    let exchange = Exchange(
      .tcp, .server("220 mx.example ESMTP\r\n"), .client("GET / HTTP/1.0\r\n\r\n"),
      .server("500 unrecognized\r\n"))
    #expect(exchange.name == "smtp")
  }

  @Test(arguments: ["220 ready\r\n", "220 foo ESMTP ftp\r\n", "220-one\r\n220 two\r\n"])
  func `a greeting that could be another's is not enough`(greeting: String) {
    #expect(Exchange(.tcp, .server(greeting)).opinion(of: .smtp) == .undecided)
  }

  @Test func `FTP is not SMTP`() {
    let exchange = Exchange(
      .tcp, .server("220 ready\r\n"), .client("USER a\r\n"), .server("331 password\r\n"))
    #expect(exchange.opinion(of: .smtp) == .no)
    #expect(exchange.name == "ftp")
  }

  @Test func `the wrong way round it is not SMTP`() {
    #expect(Self.example.reversed.opinion(of: .smtp) == .no)
  }

  @Test func `a transaction is found when the start was missed`() {
    let exchange = Exchange(
      .tcp, .client("MAIL FROM:<a@b>\r\n"), .server("250 OK\r\n"), .client("RCPT TO:<c@d>\r\n"),
      .server("250 OK\r\n"))
    #expect(Identification(of: exchange.midstream).recognition?.application == "smtp")
  }
}

@Suite struct FTPTests {
  static let good = [
    Exchange(
      .tcp, .server("220 Service ready\r\n"), .client("USER anonymous\r\n"),
      .server("331 Guest login ok\r\n"), .client("PASS x@y\r\n"), .server("230 Logged in\r\n"),
      .client("RETR test.txt\r\n")),
    Exchange(
      .tcp, .server("220-Welcome\r\n to the FTP server\r\n220 ready\r\n"), .client("AUTH TLS\r\n"),
      .server("234 AUTH TLS OK\r\n"), .client([0x16, 3, 1, 0, 200])),
    Exchange(
      .tcp, .server("220 (vsFTPd 3.0.3)\r\n"), .client("FEAT\r\n"),
      .server("211-Features:\r\n EPRT\r\n PASV\r\n211 End\r\n")),
  ]

  @Test(arguments: good)
  func `greeting, login and reply are FTP`(exchange: Exchange) {
    #expect(exchange.name == "ftp")
    #expect(exchange.identification.recognition?.strength == .answered)
    #expect(exchange.wrongNamesWhenCut(allowed: ["ftp"]).isEmpty)
    #expect(exchange.reversed.opinion(of: .ftp) == .no)
  }

  @Test func `user and path are told, the password is not`() {
    #expect(Self.good[0].fact(.user) == "anonymous")
    #expect(Self.good[0].fact(.path) == "test.txt")
    let facts = Self.good[0].identification.recognition?.facts ?? []
    #expect(!facts.contains { $0.value.contains("x@y") })
  }

  @Test func `a greeting that names FTP is enough, another is not`() {
    #expect(Exchange(.tcp, .server("220 ProFTPD Server ready.\r\n")).name == "ftp")
    #expect(Exchange(.tcp, .server("220 ready\r\n")).name == nil)
  }

  @Test(arguments: [
    "220 VMware Authentication Daemon Version 1.10: SSL Required\r\n",
    "220 fax server (HylaFAX (tm) Version 6.0) ready.\r\n",
  ])
  func `others that greet and log in alike are not FTP`(greeting: String) {
    let exchange = Exchange(
      .tcp, .server(greeting), .client("USER a\r\n"), .server("331 password\r\n"))
    #expect(exchange.name == nil)
  }

  @Test func `SMTP is not FTP`() {
    #expect(SMTPTests.example.opinion(of: .ftp) == .no)
  }

  @Test func `passive mode is found when the start was missed`() {
    let exchange = Exchange(
      .tcp, .client("PASV\r\n"), .server("227 Entering Passive Mode (127,0,0,1,4,8)\r\n"))
    #expect(Identification(of: exchange.midstream).recognition?.application == "ftp")
    let other = Exchange(
      .tcp, .client("PASV\r\n"), .server("227 Entering Passive Mode (327,0,0,1,4,8)\r\n"))
    #expect(Identification(of: other.midstream).recognition == nil)
  }
}
