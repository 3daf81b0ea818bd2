/// What is remembered of a frame that was walked, the last or the first, when it was not delivered.
public struct LastFrame: Hashable, Sendable {
  /// Its time, as ``Frame/nanoseconds``.
  public let nanoseconds: Int64?
  /// libpcap's DLT number.
  public let linkType: Int32

  /// No frame was walked yet: its link type is nobody's.
  static let none = LastFrame(nanoseconds: nil, linkType: -1)
}
