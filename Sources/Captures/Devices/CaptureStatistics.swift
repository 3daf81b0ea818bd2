/// What the kernel counted on a device since it was opened.
public struct CaptureStatistics: Hashable, Sendable {
  /// Frames that passed the kernel's filter.
  public var received = 0
  /// Frames that found no room in the ring.
  public var dropped = 0
  /// Frames that the interface or its driver dropped.
  public var interfaceDropped = 0

  /// Nothing yet.
  public init() {}

  /// Adds what another device counted.
  public static func += (left: inout Self, right: Self) {
    left.received += right.received
    left.dropped += right.dropped
    left.interfaceDropped += right.interfaceDropped
  }
}
