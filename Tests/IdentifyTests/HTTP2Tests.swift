import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct HTTP2Tests {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
  static let settings: [UInt8] = [
    0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 0, 4, 0, 0, 0xff, 0xff,
  ]
  static let acknowledgement: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]
  /// The first request of RFC 7541 appendix C.4.1, with Huffman coding: www.example.com.
  static let block: [UInt8] = [
    0x82, 0x86, 0x84, 0x41, 0x8c, 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90, 0xf4,
    0xff,
  ]
  static let headers: [UInt8] = [0, 0, 17, 1, 5, 0, 0, 0, 1] + block
  static let example = Exchange(
    .tcp, .client(preface + settings + headers), .server(settings + acknowledgement),
    .client(acknowledgement))

  @Test func `preface and settings of both sides are HTTP 2`() throws {
    let found = try #require(Self.example.identification.recognition)
    #expect(found.application == "http2")
    #expect(found.strength == .answered)
    #expect(Self.example.fact(.host) == "www.example.com")
    #expect(Self.example.fact(.path) == "/")
    #expect(Self.example.fact(.method) == "GET")
  }

  @Test func `cut it is HTTP 2 or nothing`() {
    #expect(Self.example.wrongNamesWhenCut(allowed: ["http2"]).isEmpty)
  }

  @Test func `the preface with settings is enough, the preface alone is not`() {
    #expect(Exchange(.tcp, .client(Self.preface + Self.settings)).name == "http2")
    #expect(Exchange(.tcp, .client(Self.preface)).opinion(of: .http2) == .undecided)
  }

  @Test func `the wrong way round it is not HTTP 2`() {
    #expect(Self.example.reversed.opinion(of: .http2) == .no)
  }

  @Test(arguments: [
    [0, 0, 12, 4, 0, 0, 0, 0, 1] + Array(settings.dropFirst(9)),
    [0, 0, 11, 4, 0, 0, 0, 0, 0] + Array(settings.dropFirst(9)),
    [0, 0, 12, 4, 1, 0, 0, 0, 0] + Array(settings.dropFirst(9)),
    [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1], [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 7],
    acknowledgement, headers,
  ])
  func `a first frame that breaks the rules is not HTTP 2`(frame: [UInt8]) {
    #expect(Exchange(.tcp, .client(Self.preface + frame)).opinion(of: .http2) == .no)
    let answered = Exchange(.tcp, .client(Self.preface + Self.settings), .server(frame))
    #expect(answered.opinion(of: .http2) == .no)
  }

  @Test func `an answer of HTTP 1 is not HTTP 2`() {
    let exchange = Exchange(
      .tcp, .client(Self.preface + Self.settings),
      .server("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"))
    #expect(exchange.opinion(of: .http2) == .no)
    #expect(exchange.name == "http")
  }

  /// The upgrade of RFC 7540 section 3.2.
  @Test func `an upgrade from HTTP 1 leads to HTTP 2`() {
    let request = """
      GET / HTTP/1.1\r\nHost: server.example.com\r\nConnection: Upgrade, HTTP2-Settings\r\n\
      Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n
      """
    let answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    let exchange = Exchange(
      .tcp, .client(request), .server(Array(answer.utf8) + Self.settings), .client(Self.preface))
    #expect(exchange.name == "http2")
    #expect(exchange.wrongNamesWhenCut(allowed: ["http", "http2"]).isEmpty)
    let declined = Exchange(
      .tcp, .client(request), .server("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 0\r\n\r\n"))
    #expect(declined.name == "http")
  }

  @Test func `a call with gRPC's media type is gRPC`() {
    let type = Array("application/grpc".utf8)
    let block: [UInt8] =
      [0x83, 0x86, 0x44, 4] + Array("/a/b".utf8) + [0x5f, UInt8(type.count)] + type
    let frame: [UInt8] = [0, 0, UInt8(block.count), 1, 4, 0, 0, 0, 1] + block
    let exchange = Exchange(
      .tcp, .client(Self.preface + Self.settings + frame), .server(Self.settings))
    #expect(exchange.name == "grpc")
    #expect(exchange.fact(.path) == "/a/b")
    #expect(exchange.wrongNamesWhenCut(allowed: ["http2", "grpc"]).isEmpty)
  }

  @Test func `a run of frames is found when the start was missed`() {
    let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    let update: [UInt8] = [0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    let exchange = Exchange(
      .tcp, .client(Self.headers + ping + update), .server(ping + update + Self.headers))
    #expect(Identification(of: exchange.midstream).recognition?.application == "http2")
  }
}

@Suite struct HPACKTests {
  @Test func `the Huffman code is complete`() {
    let symbols = HPACKHuffman.symbols.flatMap(\.symbols)
    #expect(symbols.count == 257)
    #expect(Set(symbols) == Set(0...256))
    let weight = HPACKHuffman.symbols.reduce(0) { $0 + ($1.symbols.count << (30 - $1.bits)) }
    #expect(weight == 1 << 30)
  }

  /// RFC 7541 appendix C.4 and C.6.
  @Test(
    arguments: [
      ([0xa8, 0xeb, 0x10, 0x64, 0x9c, 0xbf], "no-cache"),
      ([0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xb8, 0xe8, 0xb4, 0xbf], "custom-value"),
      ([0x64, 0x02], "302"),
      (
        [
          0xd0, 0x7a, 0xbe, 0x94, 0x10, 0x54, 0xd4, 0x44, 0xa8, 0x20, 0x05, 0x95, 0x04, 0x0b, 0x81,
          0x66, 0xe0, 0x82, 0xa6, 0x2d, 0x1b, 0xff,
        ], "Mon, 21 Oct 2013 20:13:21 GMT"
      ),
      (
        [
          0x94, 0xe7, 0x82, 0x1d, 0xd7, 0xf2, 0xe6, 0xc7, 0xb3, 0x35, 0xdf, 0xdf, 0xcd, 0x5b, 0x39,
          0x60, 0xd5, 0xaf, 0x27, 0x08, 0x7f, 0x36, 0x72, 0xc1, 0xab, 0x27, 0x0f, 0xb5, 0x29, 0x1f,
          0x95, 0x87, 0x31, 0x60, 0x65, 0xc0, 0x03, 0xed, 0x4e, 0xe5, 0xb1, 0x06, 0x3d, 0x50, 0x07,
        ], "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"
      ),
    ] as [([UInt8], String)])
  func `the RFC's strings are decoded`(coded: [UInt8], text: String) {
    #expect(HPACKHuffman.decode(coded[...])?.asText == text)
  }

  /// RFC 7541 appendix C.3: three requests that share a dynamic table.
  @Test func `the dynamic table is kept between blocks`() {
    var decoder = HPACK()
    let first: [UInt8] = [0x82, 0x86, 0x84, 0x41, 0x0f] + Array("www.example.com".utf8)
    #expect(decoder.fields(of: first[...]).last?.value == "www.example.com")
    let second: [UInt8] = [0x82, 0x86, 0x84, 0xbe, 0x58, 0x08] + Array("no-cache".utf8)
    #expect(
      decoder.fields(of: second[...]).map(\.value) == [
        "GET", "http", "/", "www.example.com", "no-cache",
      ])
  }

  @Test func `wrong padding, an end symbol and bad integers give nothing`() {
    #expect(HPACKHuffman.decode([0x64, 0x1c]) == nil)
    #expect(HPACKHuffman.decode([0xff, 0xff, 0xff, 0xff]) == nil)
    var rest: ArraySlice<UInt8> = [0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
    #expect(HPACK.integer(&rest, prefix: 5) == nil)
    var example: ArraySlice<UInt8> = [0x1f, 0x9a, 0x0a]
    #expect(HPACK.integer(&example, prefix: 5) == 1337)
    var decoder = HPACK()
    #expect(decoder.fields(of: [0xff, 0xff, 0x7f]).isEmpty)
  }
}
