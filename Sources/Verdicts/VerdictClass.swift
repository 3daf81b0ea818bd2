/// What a flow is: the closed list of answers.
public enum VerdictClass: String, Hashable, Sendable, CaseIterable {
  /// An ICW exchange with proof from outside the packets.
  case genuineKPNICW = "genuine-kpn-icw"
  /// A documented ICW protocol in both directions; the operator is not established.
  case icwFamily = "icw-family"
  /// No other application recognised, and independent signs of call waiting reach the bar.
  case consistentWithICW = "consistent-with-icw"
  /// Another protocol, recognised or excluded as ICW by its bytes.
  case otherApplication = "other-application"
  /// The port is only the client's.
  case portCoincidence = "port-coincidence"
  /// A probe of a scanner, or a flood.
  case scan
  /// Answers to somebody else's spoofed traffic.
  case backscatter
  /// Not enough to say.
  case undetermined
}
