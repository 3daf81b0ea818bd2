import Flows
import Glibc

/// What the first bytes of one side look like.
public struct SideFingerprint: Hashable, Sendable {
  /// The first bytes, at most `Fingerprint.bytes`; empty where they were taken out.
  public internal(set) var first: [UInt8]
  /// Whether they are the first that the side ever sent.
  public let beginsAtStart: Bool
  /// Bytes that `printable` and `entropy` were computed from.
  public let kept: Int
  /// Bytes that the side sent in all, as far as the capture shows.
  public let total: Int
  /// Share of printable ASCII, blanks and line ends among the kept bytes, in percent, 0 to 100.
  public let printable: Int
  /// Shannon's entropy of the kept bytes, in bits a byte: 0 when all are equal, at most `mostEntropy`.
  public let entropy: Double

  /// What `entropy` could be at most: 8, and less where there are fewer than 256 bytes to tell apart.
  public var mostEntropy: Double { min(8, log2(Double(max(kept, 1)))) }

  /// The fingerprint of a side; nil when nothing of it was captured.
  init?(of side: SideBytes) {
    guard !side.bytes.isEmpty else { return nil }
    var counts = [Int](repeating: 0, count: 256)
    for byte in side.bytes { counts[Int(byte)] += 1 }
    let all = Double(side.bytes.count)
    first = Array(side.bytes.prefix(Fingerprint.bytes))
    beginsAtStart = side.beginsAtStart
    kept = side.bytes.count
    total = max(side.total, side.bytes.count)
    printable = side.bytes.textCount * 100 / side.bytes.count
    entropy = counts.reduce(0.0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / all
      return sum - share * log2(share)
    }
  }
}
