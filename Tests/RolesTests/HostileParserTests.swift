import Glibc
import Sockets
import Testing

@testable import Roles

/// The helper beside a parser that was taken over: a program in Python, which says whatever a test wants.
@Suite(.enabled(if: HostileParser.isPossible, "python3 is needed"))
struct HostileParserTests {
  private static func question(_ local: UInt16, _ peer: UInt16) -> [UInt8] {
    let address: [UInt8] = [127, 0, 0, 1]
    let request = AttributionRequest(
      transport: .tcp, local: SocketEndpoint(address: address, port: local),
      peer: SocketEndpoint(address: address, port: peer), time: .max - 1, isOpener: true)
    return ParserRequest.owner(number: 7, request, mayBeListeners: true).bytes
  }

  private static let own = ParserRequest.own(number: 1, address: [127, 0, 0, 1]).bytes

  @Test func `Questions about the port are answered, whatever time they name`() throws {
    let parser = try HostileParser(
      "ask(\(Self.question(3_699, 40_000))); ask(\(Self.question(40_000, 3_699))); ask(\(Self.own)); exit(9)"
    )
    #expect(parser.ending == .status(9))
  }

  @Test(arguments: [
    ("about another port", "\(question(22, 40_000))"),
    ("for the file of -w, which nobody moved", "\(ParserRequest.sameFile.bytes)"),
    ("for the file of --output, which nobody moved", "\(ParserRequest.sameData.bytes)"),
    ("about nothing", "bytes(64)"), ("with one byte more", "\(own) + [0]"),
    ("with one byte less", "\(own)[:-1]"), ("of sixty thousand bytes", "b'\\2' * 60000"),
  ])
  func `Who asks for what a capture has no business with is ended`(
    _ name: String, _ bytes: String
  ) throws {
    #expect(try HostileParser("ask(\(bytes))").ending == .betrayed, "\(name)")
  }

  @Test func `A file is opened anew once for each time that the user wished it`() throws {
    let wished = try HostileParser(
      "wish(); ask(\(ParserRequest.sameFile.bytes)); ask(\(ParserRequest.sameData.bytes)); exit(9)")
    #expect(wished.ending == .status(9))
    let more = try HostileParser(
      "wish(); ask(\(ParserRequest.sameData.bytes)); ask(\(ParserRequest.sameData.bytes)); exit(9)")
    #expect(more.ending == .betrayed)
  }

  @Test(arguments: [
    ("a file with a question", own, 1), ("two files with a question", own, 2),
    ("many files with a question", own, 200),
    ("two files where one belongs", ParserRequest.device(0, isPromiscuous: false).bytes, 2),
    (
      "a file for a device of which there is none",
      ParserRequest.device(1, isPromiscuous: false).bytes, 1
    ),
    ("a device without a file", ParserRequest.device(0, isPromiscuous: false).bytes, 0),
  ])
  func `What comes with a message is not kept, and ends who sent it`(
    _ name: String, _ bytes: [UInt8], _ count: Int
  ) throws {
    let parser = try HostileParser("give(\(bytes), \(count)); answer()")
    #expect(parser.ending == .betrayed, "\(name)")
    #expect(parser.kept == 0, "\(name)")
  }

  @Test func `What is no device is let go, and what comes with an empty message too`() throws {
    let device = ParserRequest.device(0, isPromiscuous: false).bytes
    let parser = try HostileParser("give(\(device), 1); answer(); give([], 1); exit(9)")
    #expect(parser.ending == .status(9))
    #expect(parser.kept == 0)
  }

  @Test func `Who never listens is ended by a user who asks twice`() throws {
    let parser = try HostileParser(
      "signal.signal(15, signal.SIG_IGN)\nwhile True: s.send(bytes(\(Self.own)))", endsTwice: true)
    #expect(parser.ending == .abandoned)
  }
}
