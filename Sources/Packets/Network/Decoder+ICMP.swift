extension Decoder {
  /// An ICMP or ICMPv6 message: errors give the datagram that they quote, the others nothing.
  mutating func icmp(
    _ extent: Extent, _ header: InternetHeader, _ context: Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(2, .icmp)
    let type = rest.uint8(0)
    let code = rest.uint8(1)
    let family = header.facts.family
    guard family == .ipv4 ? InternetProtocol.isError4(type) : InternetProtocol.isError6(type)
    else { return .other }
    try rest.require(8, .icmp)
    rest.advance(8)
    guard let quoted = try quoted(rest, family: family) else { return .other }
    return .error(
      ICMPError(
        reporter: header.source, destination: header.destination, family: family, type: type,
        code: code, transport: quoted.transport, quotedSource: quoted.source,
        quotedDestination: quoted.destination, path: context.path))
  }

  /// The ends of a quoted datagram; nil when it is none with ports, or a later fragment.
  ///
  /// The quote is only the beginning, its ports may be all there is of the transport (RFC 792), and some hosts return
  /// its length field in their own byte order: so no length of it is used.
  private func quoted(
    _ extent: Extent, family: IPAddress.Family
  ) throws(Malformed) -> (transport: Transport, source: Endpoint, destination: Endpoint)? {
    var rest = extent
    let source: IPAddress
    let destination: IPAddress
    var next: UInt8
    try rest.require(family == .ipv4 ? 20 : 40, .quoted)
    guard rest.uint8(0) >> 4 == family.rawValue else { throw Malformed(.quoted, .version) }
    if family == .ipv4 {
      let size = Int(rest.uint8(0) & 0x0f) * 4
      guard size >= 20 else { throw Malformed(.quoted, .headerLength, needed: 20, had: size) }
      guard rest.uint16(6) & 0x1fff == 0 else { return nil }
      next = rest.uint8(9)
      source = IPAddress(v4: rest.uint32(12))
      destination = IPAddress(v4: rest.uint32(16))
      guard next == InternetProtocol.tcp || next == InternetProtocol.udp else { return nil }
      try rest.require(size, .quoted)
      rest.advance(size)
    } else {
      next = rest.uint8(6)
      source = IPAddress(v6: rest.uint128(8))
      destination = IPAddress(v6: rest.uint128(24))
      rest.advance(40)
      while next != InternetProtocol.tcp, next != InternetProtocol.udp {
        let isFragment = next == InternetProtocol.fragment
        guard isFragment || InternetProtocol.isExtension(next) else { return nil }
        try rest.require(8, .quoted)
        if isFragment, rest.uint16(2) & 0xfff8 != 0 { return nil }
        let size = isFragment ? 8 : (Int(rest.uint8(1)) + 1) * 8
        next = rest.uint8(0)
        try rest.require(size, .quoted)
        rest.advance(size)
      }
    }
    try rest.require(4, .quoted)
    return (
      next == InternetProtocol.tcp ? .tcp : .udp, Endpoint(source, rest.uint16(0)),
      Endpoint(destination, rest.uint16(2))
    )
  }
}
