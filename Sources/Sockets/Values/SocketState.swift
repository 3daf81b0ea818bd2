/// The state of a socket, named as `ss` names it (kernel: include/net/tcp_states.h).
public enum SocketState: String, Hashable, Sendable, CaseIterable {
  case established = "ESTAB"
  case synSent = "SYN-SENT"
  case synReceived = "SYN-RECV"
  case finWait1 = "FIN-WAIT-1"
  case finWait2 = "FIN-WAIT-2"
  case timeWait = "TIME-WAIT"
  case unconnected = "UNCONN"
  case closeWait = "CLOSE-WAIT"
  case lastAcknowledgement = "LAST-ACK"
  case listening = "LISTEN"
  case closing = "CLOSING"

  /// The state that the kernel numbers so; nil for a number that no kernel uses.
  public init?(kernelNumber number: UInt8) {
    switch number {
    case 1: self = .established
    case 2: self = .synSent
    // 12 is the kernel's own name for a request that has not become a socket yet.
    case 3, 12: self = .synReceived
    case 4: self = .finWait1
    case 5: self = .finWait2
    case 6: self = .timeWait
    // 13 marks a socket that is bound and neither listens nor connects.
    case 7, 13: self = .unconnected
    case 8: self = .closeWait
    case 9: self = .lastAcknowledgement
    case 10: self = .listening
    case 11: self = .closing
    default: return nil
    }
  }
}
