import Flows
import Packets

extension Recogniser {
  /// Levin, the protocol of Monero's nodes: a signature of eight bytes, a length, a command, a
  /// version.
  static let monero = Recogniser(
    name: "monero", title: "Monero peer protocol (Levin)",
    specification: "Monero, levin_base.h bucket header",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let signature: [UInt8] = [0x01, 0x21, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01]
    var found: [(Side, UInt32)] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      var reader = Reader(conversation[side].bytes.span)
      guard let start = reader.copy(min(8, reader.remaining)), signature.starts(with: start) else {
        if conversation[side].beginsAtStart { return .no }
        continue
      }
      guard let length = reader.uint64LittleEndian() else { continue }
      guard length < 1 << 32 else { return .no }
      guard let wanted = reader.uint8(), let command = reader.uint32LittleEndian() else { continue }
      guard wanted <= 1, (1_000...3_000).contains(command) else { return .no }
      found.append((side, command))
    }
    guard let first = found.first else { return .undecided }
    return .yes(
      Recognition(
        "monero", found.count == 2 ? .answered : .oneSided,
        grounds: found.map {
          Ground($0.0, 0, 33, "bucket header with signature, length, command and version")
        },
        facts: [Fact(.message, "\(first.1)")]))
  }
}
