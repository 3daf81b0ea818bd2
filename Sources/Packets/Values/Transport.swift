/// The two transports that have ports here.
public enum Transport: String, Hashable, Sendable, CaseIterable {
  case tcp
  case udp
}
