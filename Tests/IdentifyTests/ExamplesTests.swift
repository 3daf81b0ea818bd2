import Packets
import Testing

@testable import Flows
@testable import Identify

/// Conversations written by hand from specifications, each with the name that it must get.
@Suite struct ExamplesTests {
  static let all: [Example] =
    Example.mail + Example.news + Example.web + Example.queues + Example.stores + Example.media
    + Example.business + Example.tools

  @Test(arguments: all)
  func `an example gets its name from both sides`(example: Example) throws {
    let found = try #require(example.exchange.identification.recognition, "nothing")
    #expect(found.application == example.name)
    #expect(found.clientIs == .client)
    #expect(found.grounds.allSatisfy { $0.length > 0 && $0.offset >= 0 })
    for ground in found.grounds {
      let side = example.exchange.conversation[ground.side].bytes
      #expect(ground.offset + ground.length <= side.count, "\(ground)")
    }
  }

  @Test(arguments: all)
  func `its strength is told rightly`(example: Example) throws {
    let found = try #require(example.exchange.identification.recognition)
    #expect(found.strength == example.strength)
  }

  @Test(arguments: all)
  func `an example cut after any byte gets no other name`(example: Example) {
    #expect(
      example.exchange.wrongNamesWhenCut(allowed: Set([example.name] + example.alsoWhenCut)).isEmpty
    )
  }

  @Test(arguments: all)
  func `no other recogniser says yes`(example: Example) {
    let others = example.exchange.identification.runnersUp.map(\.application)
    #expect(others.allSatisfy { example.alsoWhenCut.contains($0) }, "\(others)")
  }

  @Test(arguments: all)
  func `one side alone gets the name only where it is strong enough`(example: Example) {
    #expect(
      (example.exchange.only(.client).name == example.name) == example.alone.contains(.client))
    #expect(
      (example.exchange.only(.server).name == example.name) == example.alone.contains(.server))
  }

  @Test(arguments: all.filter { !$0.isSymmetric })
  func `with the sides exchanged it has no name`(example: Example) {
    #expect(example.exchange.reversed.name == nil)
  }

  @Test(arguments: all.filter { $0.exchange.transport == .tcp && !$0.isSymmetric })
  func `the client is found when the handshake was missed`(example: Example) throws {
    var conversation = example.exchange.reversed.midstream
    let turned = try #require(Identification(of: conversation).recognition, "nothing")
    #expect(turned.application == example.name)
    #expect(turned.clientIs != .client)
    conversation = example.exchange.midstream
    let found = try #require(Identification(of: conversation).recognition, "nothing")
    #expect(found.application == example.name)
    #expect(found.clientIs != .server)
  }

  @Test(arguments: all)
  func `its facts are told`(example: Example) {
    for (field, value) in example.facts { #expect(example.exchange.fact(field) == value) }
  }

  @Test(arguments: 0..<40)
  func `random bytes have no name`(seed: Int) {
    var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    for transport in [Transport.tcp, .udp] {
      let sides = [600, 300, 40].map { count in (0..<count).map { _ in next() } }
      let exchange = Exchange(transport, .client(sides[0]), .server(sides[1]), .client(sides[2]))
      #expect(exchange.name == nil, "seed \(seed)")
      #expect(Identification(of: exchange.midstream).recognition == nil, "seed \(seed)")
    }
  }

  /// Each example with one byte changed may lose its name but never gets another, and nothing traps.
  @Test(arguments: all)
  func `an example with a byte changed gets no other name`(example: Example) {
    for place in example.exchange.said.indices {
      for index in example.exchange.said[place].bytes.indices.prefix(96) {
        var exchange = example.exchange
        var bytes = exchange.said[place].bytes
        bytes[index] ^= [0x01, 0x80, 0xff][index % 3]
        exchange.said[place] = Exchange.Saying(side: exchange.said[place].side, bytes: bytes)
        let name = exchange.name
        #expect(name == nil || name == example.name || example.alsoWhenCut.contains(name ?? ""))
      }
    }
  }
}

/// A conversation and what it must be taken for.
struct Example: Sendable, CustomTestStringConvertible {
  let name: String
  let exchange: Exchange
  var strength = Recognition.Strength.answered
  /// The sides that are enough by themselves.
  var alone: Set<Side> = []
  /// Names that it may get when it is cut.
  var alsoWhenCut: [String] = []
  /// Whether both sides speak alike.
  var isSymmetric = false
  var facts: [(Field, String)] = []

  var testDescription: String { "\(name): \(exchange.said.first?.bytes.prefix(24).asText ?? "")" }
}
