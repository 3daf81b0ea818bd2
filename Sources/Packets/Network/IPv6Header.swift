/// The fixed IPv6 header (RFC 8200 section 3).
struct IPv6Header {
  /// Addresses and the facts that travel on.
  let header: InternetHeader

  /// Reads and passes the 40 bytes and ends the extent where the datagram ends.
  ///
  /// A payload length of zero is a jumbogram's (RFC 2675) or segmentation offload's: the datagram is as long as the
  /// frame.
  init(_ extent: inout Extent, isGuess: Bool) throws(Malformed) {
    try extent.require(40, .ipv6)
    let first = extent.uint32(0)
    guard first >> 28 == 6 else { throw Malformed(.ipv6, .version) }
    let field = Int(extent.uint16(4))
    let total = field == 0 ? extent.length : 40 + field
    guard total <= extent.length || !isGuess else {
      throw Malformed(.ipv6, .length, needed: total, had: extent.length)
    }
    header = InternetHeader(
      source: IPAddress(v6: extent.uint128(8)), destination: IPAddress(v6: extent.uint128(24)),
      facts: IPHeader(
        family: .ipv6, hopLimit: extent.uint8(7),
        trafficClass: UInt8(truncatingIfNeeded: first >> 20), totalLength: total),
      next: extent.uint8(6))
    extent.restrict(to: total)
    extent.advance(40)
  }
}
