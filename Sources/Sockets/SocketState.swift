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
}
