/// What a recogniser was tested on; `icwscan protocols` shows it.
public struct Basis: OptionSet, Hashable, Sendable {
  /// Bit set of the three kinds.
  public let rawValue: UInt8
  /// A basis of these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A recording in `captures/` made with a real program.
  public static let recorded = Basis(rawValue: 1)
  /// Bytes written by hand from the cited specification's own examples.
  public static let built = Basis(rawValue: 2)
  /// Flows that others recorded, tested where they are present.
  public static let corpus = Basis(rawValue: 4)
}
