import Flows
import Packets

extension Recogniser {
  /// tinc: each side of the meta connection opens with `0`, its name and the protocol's version,
  /// then a key.
  static let tinc = Recogniser(
    name: "tinc", title: "tinc", specification: "tinc manual, the meta-protocol",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    var names: [(Side, [UInt8])] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      var lines = Lines(conversation[side].bytes, most: 2)
      guard let first = lines.next() else { continue }
      guard first.isWhole else {
        if first.bytes.count > 64 || !first.isText { return .no }
        continue
      }
      let parts = first.bytes.split(separator: 0x20)
      guard parts.count == 3, parts[0].elementsEqual([0x30]), (1...64).contains(parts[1].count),
        parts[1].allSatisfy({ isLetter($0) }), parts[2].starts(with: [0x31, 0x37]),
        parts[2].dropFirst(2).isEmpty || parts[2].dropFirst(2).first == 0x2e, parts[2].count <= 5
      else { return .no }
      names.append((side, Array(parts[1])))
    }
    guard let first = names.first else { return .undecided }
    // One such line is short: the other side's must be there too.
    guard names.count == 2 else { return .undecided }
    return .yes(
      Recognition(
        "tinc", .answered, grounds: names.map { Ground($0.0, 0, $0.1.count + 5, "identification") },
        facts: [Fact(.user, first.1)]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == 0x5f
  }
}
