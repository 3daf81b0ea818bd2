@testable import Flows
@testable import Identify
import Packets
import Testing

/// A conversation written by hand from a specification, and what must come of it.
struct BinarySample: CustomTestStringConvertible, Sendable {
  let name: String
  let transport: Transport
  let said: [(Side, [UInt8])]
  let strength: Recognition.Strength
  /// A fact that must be told.
  let fact: (Field, String)?
  /// Changes of one byte (turn, offset, the bits that flip) that must leave it without this name or
  /// weaker.
  let bent: [(Int, Int, UInt8)]

  init(
    _ name: String, _ transport: Transport, _ strength: Recognition.Strength,
    _ said: [(Side, [UInt8])],
    fact: (Field, String)? = nil, bent: [(Int, Int, UInt8)]
  ) {
    self.name = name
    self.transport = transport
    self.strength = strength
    self.said = said
    self.fact = fact
    self.bent = bent
  }

  var testDescription: String { "\(name) \(strength)" }

  /// The conversation.
  var conversation: Conversation { Conversation(transport, said) }
}
