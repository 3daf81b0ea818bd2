/// What the kernel waits for on a TCP socket (`idiag_timer` in include/uapi/linux/inet_diag.h), named as `ss` names it.
public struct SocketTimer: Hashable, Sendable {
  /// The kind of timer.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Something was sent and is sent again unless it is acknowledged.
    case retransmission = "on"
    /// The peer is probed when nothing comes (SO_KEEPALIVE), or FIN-WAIT-2 ends.
    case keepAlive = "keepalive"
    /// The end of TIME-WAIT.
    case timeWait = "timewait"
    /// The peer's window is closed and is probed.
    case persist = "persist"

    /// The kind that the kernel numbers so; nil without a timer.
    init?(kernelNumber number: UInt8) {
      switch number {
      case 1: self = .retransmission
      case 2: self = .keepAlive
      case 3: self = .timeWait
      case 4: self = .persist
      default: return nil
      }
    }
  }

  /// The kind.
  public var kind: Kind
  /// Milliseconds until it fires.
  public var milliseconds: UInt32
  /// How often it fired without success.
  public var retransmissions: UInt8

  /// A timer.
  public init(kind: Kind, milliseconds: UInt32, retransmissions: UInt8 = 0) {
    self.kind = kind
    self.milliseconds = milliseconds
    self.retransmissions = retransmissions
  }
}
