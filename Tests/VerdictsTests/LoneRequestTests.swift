import Flows
import Identify
import Packets
import Testing

@testable import Verdicts

/// A request that is alone tells what its sender wanted: it names nothing where the other side could have answered.
@Suite struct LoneRequestTests {
  /// A question for the address of a.example with a recursion wanted.
  static let question: [UInt8] =
    [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 7] + Array("example".utf8)
    + [0, 0, 1, 0, 1]

  static func asked(_ times: Int = 1) -> Builder {
    var builder = Builder(.udp)
    for time in 0..<times { builder.say(.client, at: Double(time), question) }
    return builder
  }

  static func watched(_ builder: Builder, for seconds: Double) -> Verdict {
    var builder = builder
    builder.flow.watchedUntil = Timestamp(
      nanoseconds: builder.flow.last.nanoseconds + Int64(seconds * 1e9))
    return builder.verdict()
  }

  @Test func `a capture that ends with it shows no silence`() {
    for verdict in [Self.asked().verdict(), Self.watched(Self.asked(), for: 1)] {
      #expect(verdict.verdictClass == .otherApplication)
      #expect(verdict.application == "dns")
      #expect(verdict.has(.oneSided))
      #expect(verdict.missing.contains(.serverDirection))
    }
  }

  @Test func `nobody who answers takes longer than a few seconds`() {
    let verdict = Self.watched(Self.asked(), for: 6)
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.application == nil)
    #expect(verdict.evidence.first { $0.item == .loneRequest }?.detail == "dns")
    #expect(verdict.has(.noAnswer))
    #expect(verdict.missing.contains(.answer))
  }

  @Test func `who asks the same again was not answered, and has said no second message`() {
    #expect(Self.asked(3).verdict().has(.oneSided))
    #expect(Self.asked(7).verdict().verdictClass == .undetermined)
    #expect(Self.asked(7).verdict().has(.loneRequest))
    var other = Self.asked()
    other.say(.client, at: 1, [0x12, 0x35] + Self.question.dropFirst(2))
    #expect(Self.watched(other, for: 60).application == "dns")
    #expect(!other.verdict().has(.oneSided))
  }

  @Test func `an error in the answer's place is a refusal`() {
    var builder = Self.asked()
    builder.flow.icmpErrors = 1
    #expect(builder.verdict().verdictClass == .undetermined)
  }

  @Test func `an answer names it, another protocol's does not`() {
    var answered = Self.asked()
    var response = Self.question
    response[2] = 0x81
    response[3] = 0x83
    answered.say(.server, at: 0.1, response)
    #expect(Self.watched(answered, for: 60).application == "dns")
    var other = Builder(.udp)
    other.say(.client, at: 0, [0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42] + Array(1...12))
    other.say(.server, at: 0.1, [0xff, 0x10, 0x20, 0x30, 0x40])
    let verdict = other.verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.evidence.first { $0.item == .loneRequest }?.detail == "stun")
    #expect(verdict.has(.answerOtherwise))
  }

  @Test(arguments: [
    Self.question, Array("GET / HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\n\r\n".utf8),
    Array(200...255), test,
  ])
  func `a repetition is no answer, and is told`(request: [UInt8]) {
    for transport in [Transport.tcp, .udp] {
      var builder = Builder(transport)
      builder.say(.client, at: 0, request)
      builder.say(.server, at: 0.1, request)
      let verdict = Self.watched(builder, for: 60)
      #expect(verdict.verdictClass == .undetermined)
      #expect(verdict.application == nil)
      #expect(verdict.has(.echo))
    }
  }

  @Test(arguments: [Transport.tcp, .udp])
  func `payload that was taken out is told, and is nobody's repetition`(transport: Transport) {
    var builder = Builder(transport)
    builder.say(.client, at: 0, [UInt8](repeating: 0, count: 40))
    #expect(Self.watched(builder, for: 60).has(.zeros))
    builder.say(.server, at: 0.1, [UInt8](repeating: 0, count: 40))
    let verdict = Self.watched(builder, for: 60)
    #expect(verdict.verdictClass == .undetermined && verdict.application == nil)
    #expect(verdict.has(.zeros) && !verdict.has(.echo))
    builder.say(.server, at: 0.2, [0, 0, 1])
    #expect(!Self.watched(builder, for: 60).has(.zeros))
    // Keepalives of a few zeros are messages.
    var short = Builder(transport)
    for time in 0..<5 { short.say(.client, at: Double(time) * 20, [0, 0, 0, 0]) }
    #expect(!Self.watched(short, for: 160).has(.zeros))
  }

  @Test func `many repetitions are no answer either, nor is that of an answer`() {
    var builder = Builder(.udp)
    for number in 0..<80 {
      let request: [UInt8] =
        [0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42] + Array(repeating: UInt8(number), count: 12)
      builder.say(.client, at: Double(number), request)
      builder.say(.server, at: Double(number) + 0.1, request)
    }
    #expect(builder.verdict().application == nil && builder.verdict().has(.echo))
    var response = Self.question
    response[2] = 0x81
    response[3] = 0x83
    var answer = Builder(.udp)
    answer.say(.client, at: 0, response)
    answer.say(.server, at: 0.1, response)
    #expect(answer.verdict().verdictClass == .undetermined && answer.verdict().has(.echo))
  }

  /// A station's test of its line (IEC 60870-5-104 clause 5.2).
  static let test: [UInt8] = [0x68, 4, 0x43, 0, 0, 0]

  @Test func `a client's port gets no application by it either`() {
    var builder = Builder(.udp, client: (Builder.pc, 3_699), server: (Builder.host, 53))
    builder.say(.client, at: 0, Self.question)
    #expect(builder.verdict().application == "dns")
    let verdict = Self.watched(builder, for: 10)
    #expect(verdict.verdictClass == .portCoincidence)
    #expect(verdict.application == nil)
  }

  @Test func `a response is the service's own word`() {
    var builder = Builder(.udp)
    var response = Self.question
    response[2] = 0x81
    response[3] = 0x83
    builder.say(.client, at: 0, response)
    #expect(Self.watched(builder, for: 60).application == "dns")
  }

  @Test func `a greeting is the service's own word, and an elaborate request is worth several`() {
    var greeted = Builder(state: .closed)
    greeted.say(.server, at: 0.1, "SSH-2.0-OpenSSH_9.2\r\n")
    greeted.count(.client, packets: 3)
    #expect(Self.watched(greeted, for: 60).application == "ssh")
    var asked = Builder(state: .closed)
    asked.say(.client, at: 0.1, "GET / HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\n\r\n")
    asked.count(.server, packets: 3)
    #expect(Self.watched(asked, for: 60).application == "http")
  }

  @Test func `a short request on a connection that the server closed is alone`() {
    var builder = Builder()
    // A bind without a name (RFC 4511 section 4.2).
    builder.say(.client, at: 0.1, [0x30, 12, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0])
    #expect(builder.verdict().application == "ldap")
    builder.count(.server, packets: 2)
    #expect(builder.verdict().application == "ldap")
    builder.flow.state = .closed
    #expect(builder.verdict().verdictClass == .undetermined)
    #expect(builder.verdict().has(.loneRequest))
  }

  @Test(arguments: [
    "GET / HTTP/1.0\r\n\r\n", "\r\n\r\n", "HELP\r\n", "\u{1}default\n",
    "OPTIONS / RTSP/1.0\r\n\r\n",
  ])
  func `a scanner's bare probe is a scan until it is answered`(probe: String) {
    var builder = Builder()
    builder.say(.client, at: 0, probe)
    #expect(builder.verdict().verdictClass != .scan)
    builder.count(.server, packets: 2)
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .scan)
    #expect(verdict.has(.unansweredProbe))
    builder.say(.server, at: 0.1, "HTTP/1.0 400 Bad Request\r\nServer: a\r\n\r\n")
    #expect(builder.verdict().application == "http")
  }

  @Test func `a probe that only nmap sends tells nmap, also where it is answered`() {
    var builder = Builder(.udp)
    let call =
      [0x72, 0xfe, 0x1d, 0x13, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xa0, 0, 1, 0x97, 0x7c]
      + [UInt8](repeating: 0, count: 20)
    builder.say(.client, at: 0, call)
    #expect(builder.verdict().verdictClass == .scan)
    #expect(builder.verdict().tool == "nmap")
    // Accepted, but no such version (RFC 5531 section 9): 2 to 4.
    builder.say(
      .server, at: 0.1,
      [0x72, 0xfe, 0x1d, 0x13, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
        + [0, 0, 0, 2, 0, 0, 0, 4])
    #expect(builder.verdict().application == "sunrpc")
    #expect(builder.verdict().tool == "nmap")
    var unknown = Builder(.udp)
    unknown.say(.client, at: 0, call)
    unknown.say(.server, at: 0.1, "hello there")
    #expect(unknown.verdict().verdictClass == .undetermined)
    #expect(unknown.verdict().tool == "nmap")
  }
}
