import Flows
import Packets
import Testing

@testable import Identify

@Suite struct SIPRecogniserTests {
  static let fields =
    "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\nCall-ID: 7@h\r\n"
    + "CSeq: 5 REGISTER\r\n"
  static let request =
    "REGISTER sip:h SIP/2.0\r\n" + fields + "User-Agent: Phone 1\r\nContent-Length: 0\r\n\r\n"
  static let response =
    "SIP/2.0 200 OK\r\n" + fields + "Server: Registrar\r\nContent-Length: 0\r\n\r\n"

  static func look(_ said: [(Side, String)], _ transport: Transport = .udp, knows: Bool = true)
    -> Opinion
  {
    Recogniser.sip.look(
      Conversation(transport, said.map { ($0.0, Array($0.1.utf8)) }, knowsClient: knows))
  }

  static func recognition(_ opinion: Opinion) -> Recognition? {
    if case .yes(let recognition) = opinion { return recognition }
    return nil
  }

  @Test(arguments: Transport.allCases)
  func `a request and its response prove it and tell who is who`(transport: Transport) throws {
    let found = try #require(
      Self.recognition(Self.look([(.client, Self.request), (.server, Self.response)], transport)))
    #expect(found.strength == .proven)
    #expect(found.clientIs == .client)
    #expect(found.facts.contains(Fact(.method, "REGISTER")))
    #expect(found.facts.contains(Fact(.userAgent, "Phone 1")))
    #expect(found.facts.contains(Fact(.server, "Registrar")))
    #expect(found.facts.contains(Fact(.status, "200")))
    #expect(found.facts.contains(Fact(.from, "<sip:a@h>;tag=1")))
    #expect(found.tool == nil)
    #expect(found.grounds.contains(Ground(.server, 0, 16, "status line")))
  }

  @Test func `one request is one side, two are consistent`() {
    #expect(Self.recognition(Self.look([(.client, Self.request)]))?.strength == .oneSided)
    let twice = Self.look([(.client, Self.request), (.client, Self.request)])
    #expect(Self.recognition(twice)?.strength == .consistent)
  }

  @Test func `who registers is the client, though the other spoke first`() {
    let found = Self.recognition(
      Self.look([(.client, Self.response), (.server, Self.request)], knows: false))
    #expect(found?.clientIs == .server)
  }

  @Test func `keepalives between messages are tolerated`() {
    let said: [(Side, String)] = [
      (.client, "\r\n\r\n"), (.client, Self.request), (.server, "\0\0\0\0"),
      (.server, Self.response),
    ]
    #expect(Self.recognition(Self.look(said))?.strength == .proven)
    let stream: [(Side, String)] = [
      (.client, "\r\n\r\n" + Self.request), (.server, "\r\n" + Self.response),
    ]
    #expect(Self.recognition(Self.look(stream, .tcp))?.strength == .proven)
  }

  @Test func `an answer in another protocol makes it something else`() {
    #expect(
      Self.look([(.client, Self.request), (.server, "HTTP/1.1 400 Bad\r\n\r\n")], .tcp) == .no)
    #expect(Self.look([(.client, Self.request), (.server, "\u{1}\u{2}\u{3}\u{4}\u{5}")]) == .no)
  }

  @Test func `fields that contradict each other are no SIP`() {
    let bent = Self.request.replacing("CSeq: 5 REGISTER", with: "CSeq: 5 INVITE")
    #expect(Self.look([(.client, bent)]) == .no)
    #expect(Self.look([(.client, "REGISTER sip:h SIP/2.0\r\n\r\n")]) == .no)
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "RTSP/1.0 200 OK\r\n\r\n", "SSH-2.0-x\r\n", "SIP\r\n",
  ])
  func `other protocols in lines are no SIP`(text: String) {
    #expect(Self.look([(.client, text)], .tcp) == .no)
    #expect(Self.look([(.client, text)]) == .no)
  }

  @Test(
    arguments: [
      ("User-Agent: friendly-scanner\r\n", "sipvicious"),
      ("From: \"sipvicious\" <sip:100@1.1.1.1>\r\n", "sipvicious"),
      ("User-Agent: sundayddr\r\n", "sundayddr"),
    ])
  func `scanners that name themselves are named`(field: String, tool: String) {
    let request = "REGISTER sip:h SIP/2.0\r\n" + field + Self.fields + "\r\n"
    #expect(Self.recognition(Self.look([(.client, request)]))?.tool == tool)
  }

  @Test(arguments: 0..<request.utf8.count)
  func `no cut crashes, and a stream's cut stays open or is SIP`(count: Int) {
    let cut = String(decoding: Array(Self.request.utf8)[..<count], as: UTF8.self)
    guard count > 0 else { return }
    #expect(Self.look([(.client, cut)], .tcp) != .no)
    _ = Self.look([(.client, cut), (.server, cut)])
  }
}
