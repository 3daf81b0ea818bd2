extension SocketEntry {
  /// Whether its two ends are exactly these, mapped or not.
  func connects(_ local: SocketEndpoint, _ peer: SocketEndpoint) -> Bool {
    self.local.unmapped == local.unmapped && self.peer.unmapped == peer.unmapped
  }

  /// Whether it waits on `end`: bound to that address, or to every address of a family that reaches it.
  func waits(on end: SocketEndpoint) -> Bool {
    let end = end.unmapped
    guard isListener, localPort == end.port else { return false }
    if local.unmapped == end { return true }
    guard local.isUnspecified else { return false }
    let isIPv4 = end.address.count == 4
    return isIPv6 ? !isIPv4 || isIPv6Only != true : isIPv4
  }
}
