/// How far a compressed input may expand before it is taken for a bomb.
///
/// Real traffic shrinks to a hundredth at best: times and addresses differ from packet to packet.
struct ExpansionLimit {
  /// So much may come out of however little.
  static let allowance: UInt64 = 64 * 1024 * 1024
  /// Beyond the allowance, so many bytes may come out of each that goes in.
  static let ratio: UInt64 = 250

  private var produced: UInt64 = 0

  /// Notes bytes that came out, with how many have gone in so far.
  ///
  /// - Throws: `CaptureError` with `expandsTooFar`.
  mutating func note(
    _ count: Int, from consumed: UInt64, source: String
  ) throws(CaptureError) {
    produced &+= UInt64(clamping: count)
    guard produced <= Self.allowance || produced / Self.ratio <= consumed else {
      throw CaptureError(source: source, failure: .expandsTooFar, offset: produced)
    }
  }
}
