/// How far a TCP connection got, as the capture shows it.
public enum TCPState: String, Hashable, Sendable, CaseIterable {
  /// A SYN that nothing answered.
  case synSent = "syn-sent"
  /// A SYN+ACK without the third step of the handshake.
  case synReceived = "syn-received"
  /// Handshake complete, or data in both directions of a connection whose handshake was missed.
  case established
  /// One side has sent its FIN.
  case closing
  /// Both sides have sent their FIN.
  case closed
  /// Refused: the SYN was answered by a reset.
  case refused
  /// Reset after the handshake.
  case reset
  /// The client reset the half-open connection: SYN, SYN+ACK, RST.
  case halfOpenReset = "half-open-reset"
  /// Packets of a connection whose handshake was missed, in one direction or without data.
  case midstream
}
