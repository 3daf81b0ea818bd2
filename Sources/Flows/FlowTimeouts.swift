/// How long a flow may be silent before it is over, in nanoseconds.
public struct FlowTimeouts: Sendable {
  /// An open TCP connection: two hours and four minutes, the least that RFC 5382 REQ-5 lets a NAT forget after.
  public var established: Int64 = 7_440_000_000_000
  /// A TCP connection that is not open yet, or was seen in the middle only: four minutes (RFC 5382 REQ-5).
  public var opening: Int64 = 240_000_000_000
  /// A TCP connection that was closed, reset or refused: its last segments may still come.
  public var closed: Int64 = 60_000_000_000
  /// UDP: five minutes (RFC 4787 REQ-5).
  public var udp: Int64 = 300_000_000_000

  /// The usual timeouts.
  public init() {}

  func limit(_ flow: borrowing Flow) -> Int64 {
    switch flow.state {
    case nil: udp
    case .established, .closing: established
    case .closed, .reset, .refused, .halfOpenReset: closed
    case .synSent, .synReceived, .midstream: opening
    }
  }
}
