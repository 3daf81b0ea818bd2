extension Endpoint: CustomStringConvertible {
  /// `192.0.2.1:3699` or `[2001:db8::1]:3699` (RFC 5952 section 6).
  public var description: String {
    address.family == .ipv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
