extension Decoder {
  /// IP of the version that the first four bits say.
  mutating func ip(_ extent: Extent, _ context: inout Context) throws(Malformed) -> Decoded {
    try extent.require(1, .ipv4)
    switch extent.uint8(0) >> 4 {
    case 4: return try ipv4(extent, &context)
    case 6: return try ipv6(extent, &context)
    default: throw Malformed(.ipv4, .version)
    }
  }

  /// An IPv4 datagram or a fragment of one.
  mutating func ipv4(_ extent: Extent, _ context: inout Context) throws(Malformed) -> Decoded {
    var rest = extent
    let ip = try IPv4Header(&rest, isGuess: context.isGuess)
    guard ip.isFragment else { return try transport(rest, ip.header, &context) }
    guard InternetProtocol.leadsToPort4(ip.header.next) else { return .other }
    let place = FragmentPlace(
      offset: ip.fragmentOffset, moreFollow: ip.moreFragments, headerLength: ip.size)
    return try fragment(rest, ip.header, place, &context)
  }

  /// An IPv6 datagram.
  mutating func ipv6(_ extent: Extent, _ context: inout Context) throws(Malformed) -> Decoded {
    var rest = extent
    let ip = try IPv6Header(&rest, isGuess: context.isGuess)
    return try transport(rest, ip.header, &context)
  }

  /// What the IP header announces: the transport, or headers in front of it (RFC 8200 section 4, RFC 4302).
  mutating func transport(
    _ extent: Extent, _ header: InternetHeader, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    var header = header
    var next = header.next
    while true {
      switch next {
      case InternetProtocol.tcp: return try tcp(rest, header, context)
      case InternetProtocol.udp: return try udp(rest, header, context)
      case InternetProtocol.icmp where header.facts.family == .ipv4,
        InternetProtocol.icmp6 where header.facts.family == .ipv6:
        return try icmp(rest, header, context)
      case InternetProtocol.ipv4, InternetProtocol.ipv6:
        context.note(outer: header)
        try context.enter(.ip(version: header.facts.family.rawValue), next == 4 ? .ipv4 : .ipv6)
        context.isInside = true
        return next == 4 ? try ipv4(rest, &context) : try ipv6(rest, &context)
      case InternetProtocol.gre:
        context.note(outer: header)
        return try gre(rest, &context)
      case InternetProtocol.mpls:
        context.note(outer: header)
        context.isInside = true
        return try mpls(rest, &context)
      case InternetProtocol.authentication:
        // RFC 4302 section 2.2: the length counts units of four bytes, less two.
        try rest.require(12, .authentication)
        let size = (Int(rest.uint8(1)) + 2) * 4
        guard size >= 12 else {
          throw Malformed(.authentication, .headerLength, needed: 12, had: size)
        }
        try context.enter(.authentication, .authentication)
        next = rest.uint8(0)
        try rest.require(size, .authentication)
        rest.advance(size)
      case InternetProtocol.fragment where header.facts.family == .ipv6:
        let fragment = try FragmentHeader(&rest)
        header = header.identified(fragment.identification, next: fragment.next)
        if fragment.place.isWhole {
          // RFC 6946: an atomic fragment is the whole datagram.
          next = fragment.next
        } else {
          var place = fragment.place
          place.headerLength = header.facts.totalLength - rest.length
          return try self.fragment(rest, header, place, &context)
        }
      case _ where header.facts.family == .ipv6 && InternetProtocol.isExtension(next):
        try rest.require(8, .extensionHeader)
        let size = (Int(rest.uint8(1)) + 1) * 8
        next = rest.uint8(0)
        try rest.require(size, .extensionHeader)
        rest.advance(size)
      default: return .other
      }
    }
  }
}
