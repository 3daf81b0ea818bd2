/// Bounds on what a flow table keeps: every amount that input can grow.
public enum FlowLimits {
  /// Bytes of payload kept a side.
  public static let bytesPerSide = 16_384
  /// Payload-carrying packets of a flow whose order and times are kept.
  public static let turns = 64
  /// Segments that wait, out of order, for one before them, a side.
  public static let segmentsWaiting = 16
  /// Flows held at the same time.
  public static let flows = 131_072
}
