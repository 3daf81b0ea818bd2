import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct HTTPTests {
  /// The example of RFC 9112 section 2.1 and RFC 9110 section 3.9.
  static let example = Exchange(
    .tcp,
    .client(
      """
      GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\n\
      Accept-Language: en, mi\r\n\r\n
      """),
    .server(
      """
      HTTP/1.1 200 OK\r\nDate: Mon, 27 Jul 2009 12:28:53 GMT\r\nServer: Apache\r\n\
      Last-Modified: Wed, 22 Jul 2009 19:15:56 GMT\r\nETag: "34aa387-d-1568eb00"\r\n\
      Accept-Ranges: bytes\r\nContent-Length: 51\r\nVary: Accept-Encoding\r\n\
      Content-Type: text/plain\r\n\r\nHello World! My content includes a trailing CRLF.\r\n
      """))

  static let others = [
    Exchange(.tcp, .client("GET / HTTP/1.0\r\n\r\n"), .server("HTTP/1.0 404 Not Found\r\n\r\n")),
    Exchange(
      .tcp, .client("CONNECT server.example.com:80 HTTP/1.1\r\nHost: server.example.com\r\n\r\n"),
      .server("HTTP/1.1 200 Connection established\r\n\r\n")),
    Exchange(
      .tcp, .client("OPTIONS * HTTP/1.1\r\nHost: www.example.org:8001\r\n\r\n"),
      .server("HTTP/1.1 200\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n")),
    Exchange(
      .tcp, .client("\r\nPROPFIND /file HTTP/1.1\nHost: x\nDepth: 0\n\n"),
      .server("HTTP/1.1 207 Multi-Status\nContent-Type: application/xml\n\n")),
    Exchange(
      .tcp, .client("GET /radio HTTP/1.0\r\nIcy-MetaData: 1\r\n\r\n"), .server("ICY 200 OK\r\n")),
    Exchange(
      .tcp, .client("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"),
      .server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nServer: s\r\n\r\n")),
  ]

  @Test func `a request and its response are HTTP`() throws {
    let found = try #require(Self.example.identification.recognition)
    #expect(found.application == "http")
    #expect(found.strength == .answered)
    #expect(found.clientIs == .client)
    #expect(Self.example.fact(.method) == "GET")
    #expect(Self.example.fact(.path) == "/hello.txt")
    #expect(Self.example.fact(.host) == "www.example.com")
    #expect(Self.example.fact(.userAgent) == "curl/7.64.1")
    #expect(Self.example.fact(.status) == "200")
    #expect(Self.example.fact(.server) == "Apache")
    #expect(Self.example.fact(.contentType) == "text/plain")
  }

  @Test(arguments: others)
  func `other forms are HTTP`(exchange: Exchange) {
    #expect(exchange.name == "http")
  }

  @Test(arguments: others + [example])
  func `a cut exchange is HTTP or nothing`(exchange: Exchange) {
    #expect(exchange.wrongNamesWhenCut(allowed: ["http"]).isEmpty)
  }

  @Test func `the final status is told, not the interim one`() {
    #expect(Self.others[5].fact(.status) == "201")
  }

  @Test func `one side is enough when it is strong`() {
    #expect(Self.example.only(.client).name == "http")
    #expect(Self.example.only(.server).name == "http")
  }

  @Test func `a bare request without a host is not enough`() {
    #expect(Exchange(.tcp, .client("GET / HTTP/1.0\r\n\r\n")).opinion(of: .http) == .undecided)
  }

  @Test func `a request that comes from the server is none`() {
    #expect(Self.example.reversed.opinion(of: .http) == .no)
  }

  @Test func `the client is found when it is not known`() throws {
    var conversation = Self.example.reversed.conversation
    conversation.knowsClient = false
    let found = try #require(Identification(of: conversation).recognition)
    #expect(found.application == "http")
    #expect(found.clientIs == .server)
  }

  @Test func `a response is found behind the rest of a body`() throws {
    let exchange = Exchange(
      .tcp, .server([1, 2, 10, 3, 4]), .client("GET /b HTTP/1.1\r\nHost: b\r\n\r\n"),
      .server("HTTP/1.1 304 Not Modified\r\nDate: x\r\nServer: y\r\n\r\n"))
    let found = try #require(Identification(of: exchange.midstream).recognition)
    #expect(found.application == "http")
    #expect(found.facts.contains(Fact(.status, "304")))
  }

  @Test func `an exchange behind other bytes is weaker, for it may be carried in something else`() {
    let exchange = Exchange(
      .tcp, .client([5, 1, 0]), .server([5, 0]), .client("GET /b HTTP/1.1\r\nHost: b\r\n\r\n"),
      .server("HTTP/1.1 304 Not Modified\r\nDate: x\r\nServer: y\r\n\r\n"))
    let found = Identification(of: exchange.midstream, by: [.http]).recognition
    #expect(found?.strength == .oneSided)
  }

  @Test(arguments: [
    "GET /sip HTTP/1.1x\r\nHost: a\r\n\r\n", "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1\r\nHost: a\r\n\r\n", "DESCRIBE rtsp://a/b RTSP/1.0\r\nCSeq: 1\r\n\r\n",
    "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n",
    "GET /\u{1}x HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS icap://a/b ICAP/1.0\r\nHost: a\r\n\r\n", "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nnonsense\r\n\r\n", "get / http/1.1\r\nHost: a\r\n\r\n",
  ])
  func `what only looks like it is not HTTP`(text: String) {
    #expect(Exchange(.tcp, .client(text)).opinion(of: .http) == .no)
  }

  @Test func `an answer in another protocol denies HTTP`() {
    let exchange = Exchange(
      .tcp, .client("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
      .server("RTSP/1.0 400 Bad Request\r\n\r\n"))
    #expect(exchange.opinion(of: .http) == .no)
  }

  @Test func `an HTTP error to another protocol's bytes shows an HTTP server`() {
    let exchange = Exchange(
      .tcp, .client([0x16, 3, 1, 2, 0]),
      .server("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nConnection: close\r\n\r\n"))
    #expect(exchange.name == "http")
  }

  @Test(arguments: [
    ("GET /nice%20ports%2C/Tri%6Eity.txt%2ebak HTTP/1.0\r\n\r\n", "nmap"),
    ("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozilla/5.0 zgrab/0.x\r\n\r\n", "zgrab"),
    (
      "GET / HTTP/1.0\r\nUser-Agent: masscan/1.3 (https://github.com/robertdavidgraham/masscan)\r\n\r\n",
      "masscan"
    ),
  ])
  func `a scanner's request is told`(request: String, tool: String) {
    let exchange = Exchange(.tcp, .client(request), .server("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"))
    #expect(exchange.identification.recognition?.tool == tool)
  }
}
