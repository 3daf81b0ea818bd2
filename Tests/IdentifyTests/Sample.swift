import Packets
import Testing

@testable import Flows
@testable import Identify

/// A conversation written by hand, and what it is.
struct Sample: CustomTestStringConvertible, Sendable {
  /// The name that it must get.
  let name: String
  /// How much must speak for it.
  let strength: Recognition.Strength
  /// TCP or UDP.
  let transport: Transport
  /// What was said, in turn.
  let said: [(Side, [UInt8])]
  /// Whether the protocol can be told the same with its sides exchanged.
  let isSymmetric: Bool

  /// A sample whose turns are written in hexadecimal.
  init(
    _ name: String, _ strength: Recognition.Strength, over transport: Transport = .tcp,
    isSymmetric: Bool = false, _ said: (Side, [UInt8])...
  ) {
    self.name = name
    self.strength = strength
    self.transport = transport
    self.said = said
    self.isSymmetric = isSymmetric
  }

  var testDescription: String { "\(name) \(strength) \(transport) \(said.count) turns" }

  /// The conversation itself.
  var conversation: Conversation { Conversation(transport, said) }

  /// The conversation with client and server exchanged.
  var turned: Conversation { Conversation(transport, said.map { ($0.0.opposite, $0.1) }) }

  /// What one side alone said.
  func only(_ side: Side) -> Conversation { Conversation(transport, said.filter { $0.0 == side }) }

  /// The names that the conversation gets when it ends after any of its bytes, or when any one turn is cut there.
  var namesOfCuts: Set<String> {
    var names: Set<String> = []
    for (index, turn) in said.enumerated() {
      for count in 0..<turn.1.count {
        let cut = (turn.0, Array(turn.1.prefix(count)))
        let ended = Conversation(transport, said.prefix(index) + [cut])
        if let name = Identification(of: ended).recognition?.application { names.insert(name) }
        guard transport == .udp else { continue }
        let bent = Conversation(transport, said.prefix(index) + [cut] + said.dropFirst(index + 1))
        if let name = Identification(of: bent).recognition?.application { names.insert(name) }
      }
    }
    return names
  }

  /// The facts that are read out.
  func fact(_ field: Field) -> String? {
    Identification(of: conversation).recognition?.facts.first { $0.field == field }?.value
  }
}

/// Bytes written in hexadecimal, blanks between them as one likes; text between quotes stands for itself.
func hexadecimal(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var high: UInt8?
  var isText = false
  for character in text.utf8 {
    if character == UInt8(ascii: "'") {
      isText.toggle()
    } else if isText {
      bytes.append(character)
    } else if let digit = Character(UnicodeScalar(character)).hexDigitValue {
      let digit = UInt8(digit)
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
  }
  return bytes
}
