import Flows
import Packets

extension Recogniser {
  /// Ceph's messenger: both sides open with a banner, `ceph v027` (version 1) or `ceph v2` with two feature words.
  static let ceph = Recogniser(
    name: "ceph", title: "Ceph messenger",
    specification: "Ceph documentation: msgr1 and msgr2 protocol",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let sides = Side.allCases.map { ($0, Self.banner(conversation[$0].bytes)) }
    guard !sides.contains(where: { $0.1 == nil }) else { return .no }
    let found = sides.compactMap { side, banner in banner.flatMap { $0.isEmpty ? nil : (side, $0) }
    }
    guard let first = found.first else { return .undecided }
    return .yes(
      Recognition(
        "ceph", found.count == 2 ? .answered : .oneSided,
        grounds: found.map {
          Ground($0.0, 0, $0.1.utf8.count, "banner with the version of the messenger")
        },
        facts: [Fact(.version, first.1)],
        clientIs: nil))
  }

  /// The banner; empty when it is not all there, nil when it is none.
  private static func banner(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: Array("ceph v2\n".utf8)) {
      // The length of what follows: two words of eight bytes.
      guard bytes.count >= 10 else { return "" }
      return bytes[8] == 16 && bytes[9] == 0 ? "ceph v2" : nil
    }
    for (index, byte) in bytes.prefix(9).enumerated() {
      switch index {
      case 0...6:
        if Array("ceph v0".utf8)[index] != byte {
          return "ceph v2\n".utf8.starts(with: bytes) ? "" : nil
        }
      default: if !(0x30...0x39).contains(byte) { return nil }
      }
    }
    return bytes.count >= 9 ? String(decoding: bytes.prefix(9), as: UTF8.self) : ""
  }
}
