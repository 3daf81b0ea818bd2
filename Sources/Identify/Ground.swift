public import Flows

/// One piece of the bytes that a recognition rests on.
public struct Ground: Hashable, Sendable {
  /// Who sent it.
  public let side: Side
  /// Offset in that side's kept bytes.
  public let offset: Int
  /// How many bytes.
  public let length: Int
  /// What they are, as a short noun phrase in the specification's terms ("identification string", "record header").
  public let what: String

  /// Bytes of one side and what they are.
  public init(_ side: Side, _ offset: Int, _ length: Int, _ what: String) {
    self.side = side
    self.offset = offset
    self.length = length
    self.what = what
  }
}
