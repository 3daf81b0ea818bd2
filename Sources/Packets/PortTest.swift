/// The quick answer to "is this frame of interest?", for the offline hot path.
public enum PortTest: Sendable {
  /// Surely not.
  case no
  /// Surely.
  case yes
  /// The quick look can't tell: fragments, encapsulations, ICMP errors, odd headers.
  case lookCloser

  /// Looks at fixed places of the commonest frames only; allocates nothing.
  @inlinable public static func of(_ frame: Span<UInt8>, link: LinkType, port: UInt16) -> PortTest {
    .lookCloser
  }
}
