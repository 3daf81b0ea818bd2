import Flows
import Packets
import Testing

@testable import Identify

@Suite struct BinarySampleTests {
  static let samples: [BinarySample] = [
    BinarySample.management, BinarySample.tunnels, BinarySample.network, BinarySample.directories,
    BinarySample.buildings, BinarySample.games, BinarySample.peers, BinarySample.devices,
    BinarySample.messengers, BinarySample.players,
  ].flatMap(\.self)

  @Test(arguments: samples)
  func `a conversation by the specification gets its name, strength and fact`(sample: BinarySample)
  {
    let found = recognised(sample.conversation)
    #expect(found?.application == sample.name)
    #expect(found?.strength == sample.strength)
    if let (field, value) = sample.fact { #expect(fact(field, of: found) == value) }
  }

  @Test(arguments: samples)
  func `cut after any byte it has its name or none`(sample: BinarySample) {
    expectNoWrongName(sample.name, sample.transport, sample.said)
  }

  @Test(arguments: samples)
  func `bent in one place it has no name, or less speaks for it`(sample: BinarySample) {
    #expect(!sample.bent.isEmpty)
    for (turn, offset, bits) in sample.bent {
      var said = sample.said
      said[turn].1[offset] ^= bits
      let found = recognised(Conversation(sample.transport, said))
      let isWeaker =
        found?.application == sample.name && (found?.strength ?? .proven) < sample.strength
      #expect(
        found == nil || isWeaker, "turn \(turn) offset \(offset): \(found?.application ?? "")")
    }
  }

  @Test(arguments: samples)
  func `with sides exchanged it keeps its name, and the client is told`(sample: BinarySample) {
    guard sample.transport == .udp else { return }
    let straight = recognised(sample.conversation)
    let turned = recognised(sample.conversation.reversed)
    #expect(turned?.application == sample.name)
    if let side = straight?.clientIs, let other = turned?.clientIs, sample.knowsItsClient {
      #expect(side != other)
    }
  }
}

extension BinarySample {
  /// Whether the protocol's own direction shows who the client is.
  var knowsItsClient: Bool { !["rmcp", "kcp", "ethereum"].contains(name) }
}
