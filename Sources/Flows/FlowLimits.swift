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
  /// Flows held at the same time in a live capture, whose ring of frames takes memory too.
  public static let liveFlows = 49_152
  /// Bytes of payload that all open flows hold together, those that wait for others included: beyond it the flow that
  /// was silent longest is told as it stands.
  public static let bytesInAll = 64 * 1_024 * 1_024
  /// Flows known only from ICMP errors, held at the same time.
  public static let orphans = 16_384
  /// Packets remembered to recognise their copies.
  public static let recentPackets = 64
  /// How far apart in time a packet and its copy may be: longer than any bridge holds one, shorter than any
  /// retransmission timer (RFC 6298 section 2.4 asks for a second; stacks use 200 ms).
  public static let copyWindowNanoseconds: Int64 = 50_000_000
}
