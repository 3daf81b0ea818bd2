public import Flows

/// One item for or against a verdict.
public struct Evidence: Hashable, Sendable {
  /// Whether it speaks for the verdict, against it, or explains without weight.
  public enum Weight: String, Hashable, Sendable {
    case `for`, against, note
  }

  /// The kind of evidence; `Report` has its words.
  public let item: EvidenceItem
  /// For, against or neither.
  public let weight: Weight
  /// ICW points after the dossier's section 4 (FOR positive, AGAINST negative); nil for what is not counted.
  public let points: Int?
  /// A value that belongs to it: a protocol's name, a tool, a port, a noun phrase; raw, not escaped.
  public let detail: String?
  /// Number of the packet in its capture, from 1.
  public let packet: Int?
  /// Whose bytes it points at.
  public let side: Side?
  /// Where they lie in that side's kept bytes.
  public let offset: Int?
  /// How many they are.
  public let length: Int?

  /// An item of evidence.
  public init(
    _ item: EvidenceItem, _ weight: Weight = .for, points: Int? = nil, detail: String? = nil,
    packet: Int? = nil,
    side: Side? = nil, offset: Int? = nil, length: Int? = nil
  ) {
    self.item = item
    self.weight = weight
    self.points = points
    self.detail = detail
    self.packet = packet
    self.side = side
    self.offset = offset
    self.length = length
  }
}
