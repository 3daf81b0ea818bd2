/// On what grounds one end is called the client, strongest first.
public enum ClientGround: String, Hashable, Sendable, CaseIterable {
  /// It sent the SYN.
  case syn
  /// The other end sent a SYN+ACK.
  case synAck = "syn-ack"
  /// UDP: it sent the first datagram of the flow.
  case firstDatagram = "first-datagram"
  /// TCP whose handshake was missed: it merely sent the first captured packet. Says nothing about roles.
  case firstCaptured = "first-captured"
  /// The flow's start was missed, and a socket of this host listens on the other end's port.
  case listener
  /// The flow's start was missed, and its protocol's own direction shows it.
  case protocolDirection = "protocol-direction"
  /// The flow's start was missed, and the port numbers show it: the other end has the lower one, or this host used the next one
  /// as a client.
  case portNumbers = "port-numbers"
  /// UDP to a multicast or broadcast address: the group can't be a client.
  case group
}
