/// The options of a TCP segment (RFC 9293 section 3.1, RFC 7323, RFC 2018, RFC 7413, RFC 8684).
public struct TCPOptions: Hashable, Sendable {
  /// How many options there are, padding (kinds 0 and 1) not counted.
  public var count = 0
  /// Maximum segment size in bytes (kind 2).
  public var maximumSegmentSize: UInt16?
  /// Window scale, a shift count (kind 3).
  public var windowScale: UInt8?
  /// Selective acknowledgement permitted (kind 4).
  public var selectiveAcknowledgementPermitted = false
  /// Timestamp value and echo reply (kind 8).
  public var timestamps: Timestamps?
  /// A TCP Fast Open cookie or its request (kind 34).
  public var fastOpen = false
  /// Multipath TCP (kind 30).
  public var multipath = false
  /// Kinds in their order, padding included, as tcpdump and fingerprints show them; at most the first eight,
  /// one a byte, the first in the lowest.
  public var kinds: UInt64 = 0
  /// Whether the options end in the middle of one or have an impossible length.
  public var malformed = false

  /// The two numbers of the timestamps option (RFC 7323 section 3.2).
  public struct Timestamps: Hashable, Sendable {
    /// TSval.
    public let value: UInt32
    /// TSecr.
    public let echo: UInt32
    /// A pair of numbers.
    public init(value: UInt32, echo: UInt32) {
      self.value = value
      self.echo = echo
    }
  }

  /// No options.
  public init() {}
}
