@testable import Flows
@testable import Identify
import Packets
import Testing

/// Bytes written as digits in base 16, with blanks and line ends anywhere, and so many zeros behind
/// them.
func hex(_ text: String, zeros: Int = 0) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  let bytes = stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
  return bytes + [UInt8](repeating: 0, count: zeros)
}

/// What a conversation is recognised as.
func recognised(_ conversation: Conversation) -> Recognition? {
  Identification(of: conversation).recognition
}

/// Cuts what was said in turn after every byte, and holds each rest to have no name or the right
/// one.
func expectNoWrongName(
  _ name: String, _ transport: Transport, _ said: [(Side, [UInt8])], or others: Set<String> = [],
  location: SourceLocation = #_sourceLocation
) {
  let names = others.union([name])
  for (index, (side, bytes)) in said.enumerated() {
    for count in 0..<bytes.count {
      let rest = said[..<index] + [(side, Array(bytes[..<count]))]
      let found = recognised(Conversation(transport, Array(rest)))?.application
      #expect(
        found.map(names.contains) ?? true, "turn \(index) cut after \(count): \(found ?? "")",
        sourceLocation: location)
    }
  }
}

/// The value of a fact.
func fact(_ field: Field, of recognition: Recognition?) -> String? {
  recognition?.facts.first { $0.field == field }?.value
}
