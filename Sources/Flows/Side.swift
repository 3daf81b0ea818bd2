/// The two ends of a flow.
public enum Side: String, Hashable, Sendable, CaseIterable {
  /// Who began.
  case client
  /// Who was called.
  case server

  /// The other end.
  public var opposite: Side { self == .client ? .server : .client }
}
