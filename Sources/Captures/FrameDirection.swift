/// Which way a frame went through its interface (the two lowest bits of pcapng's `epb_flags`).
public enum FrameDirection: UInt32, Hashable, Sendable {
  /// The capturing program did not know.
  case unknown = 0
  /// Received by the host.
  case inbound = 1
  /// Sent by the host.
  case outbound = 2
}
