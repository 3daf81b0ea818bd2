extension KernelFilterBuilder {
  /// IEEE 802.1Q, 802.1ad, and the tags used before 802.1ad was written.
  static let tags: [UInt32] = [0x8100, 0x88a8, 0x9100, 0x9200]

  /// A link with an EtherType: up to two tags, then IP, MPLS, PPPoE or, for IEEE 802.3, SNAP. More
  /// tags pass.
  mutating func etherType(at type: UInt32, payload: UInt32) {
    for count in 0...UInt32(2) {
      let payload = payload + 4 * count
      code.load(shortAt: count == 0 ? type : payload - 2)
      let (isIPv4, isIPv6, isMPLS, isPPPoE, isTag) = (
        code.label(), code.label(), code.label(), code.label(), code.label()
      )
      code.jump(to: isIPv4, ifEqual: 0x0800)
      code.jump(to: isIPv6, ifEqual: 0x86dd)
      code.jump(to: isMPLS, ifEqual: 0x8847)
      code.jump(to: isMPLS, ifEqual: 0x8848)
      code.jump(to: isPPPoE, ifEqual: 0x8864)
      for tag in Self.tags { code.jump(to: isTag, ifEqual: tag) }
      code.jump(to: refuse, ifAbove: 0x5ff)
      // IEEE 802.3: LLC with SNAP and an EtherType (RFC 1042).
      code.load(wordAt: payload)
      let isSNAP = code.label()
      code.jump(to: isSNAP, ifEqual: 0xaaaa_0300)
      code.jump(to: refuse)
      code.place(isSNAP)
      code.load(shortAt: payload + 6)
      setX(payload + 8)
      code.jump(to: ipv4, ifEqual: 0x0800)
      code.jump(to: ipv6, ifEqual: 0x86dd)
      code.jump(to: refuse)
      enter(isIPv4, ipv4, at: payload)
      enter(isIPv6, ipv6, at: payload)
      enter(isMPLS, mpls, at: payload)
      enter(isPPPoE, ppp, at: payload + 6)
      code.place(isTag)
    }
    code.jump(to: accept)
  }

  /// IP at a fixed offset, of the version that its first bits tell.
  mutating func internetProtocol(at offset: UInt32) {
    code.load(byteAt: offset)
    setX(offset)
    code.shiftRight(4)
    code.jump(to: ipv4, ifEqual: 4)
    code.jump(to: ipv6, ifEqual: 6)
    code.jump(to: refuse)
  }

  /// A link of PPP.
  mutating func serial() {
    setX(0)
    code.jump(to: ppp)
  }

  /// PPP at X, with and without address and control, protocol field of one or two bytes (RFC 1661
  /// section 6.5, RFC 1662). Cisco's HDLC in its place passes.
  mutating func pointToPoint() {
    code.place(ppp)
    let (framed, plain, oneByte) = (code.label(), code.label(), code.label())
    load(shortBehindX: 0)
    // pppd on Linux writes a direction in the place of the address.
    for start: UInt32 in [0xff03, 0x0003, 0x0103] { code.jump(to: framed, ifEqual: start) }
    for start: UInt32 in [0x0f00, 0x8f00] { code.jump(to: accept, ifEqual: start) }
    code.jump(to: plain)
    code.place(framed)
    code.advanceX(2)
    code.place(plain)
    load(byteBehindX: 0)
    code.jump(to: oneByte, ifAnyOf: 1)
    let (isIPv4, isIPv6, isMPLS) = (code.label(), code.label(), code.label())
    load(shortBehindX: 0)
    code.jump(to: isIPv4, ifEqual: 0x0021)
    code.jump(to: isIPv6, ifEqual: 0x0057)
    code.jump(to: isMPLS, ifEqual: 0x0281)
    code.jump(to: isMPLS, ifEqual: 0x0283)
    code.jump(to: refuse)
    enter(isIPv4, ipv4, after: 2)
    enter(isIPv6, ipv6, after: 2)
    enter(isMPLS, mpls, after: 2)
    code.place(oneByte)
    let (isShortIPv4, isShortIPv6) = (code.label(), code.label())
    code.jump(to: isShortIPv4, ifEqual: 0x21)
    code.jump(to: isShortIPv6, ifEqual: 0x57)
    code.jump(to: refuse)
    enter(isShortIPv4, ipv4, after: 1)
    enter(isShortIPv6, ipv6, after: 1)
  }

  /// Up to four MPLS labels (RFC 3032), then IP, or a pseudowire's Ethernet with or without control
  /// word (RFC 4448). More labels pass.
  mutating func labelStack() {
    code.place(mpls)
    let bottom = code.label()
    for _ in 0..<4 {
      load(byteBehindX: 2)
      code.jump(to: bottom, ifAnyOf: 1)
      code.advanceX(4)
    }
    code.jump(to: accept)
    code.place(bottom)
    code.advanceX(4)
    let (isFour, isSix, plain, control) = (code.label(), code.label(), code.label(), code.label())
    load(byteBehindX: 0)
    code.shiftRight(4)
    code.jump(to: isFour, ifEqual: 4)
    code.jump(to: isSix, ifEqual: 6)
    code.jump(to: plain, ifAbove: 0)
    // No field tells a control word from a hardware address that begins with zeros: the EtherType
    // behind does.
    load(shortBehindX: 12)
    let isPlain = code.label()
    for type in Self.followed { code.jump(to: isPlain, ifEqual: type) }
    code.jump(to: control)
    code.place(isPlain)
    load(shortBehindX: 16)
    for type in Self.followed { code.jump(to: accept, ifEqual: type) }
    code.jump(to: plain)
    code.place(control)
    code.advanceX(4)
    code.place(plain)
    pseudowire()
    // A hardware address may begin with 4 or 6: what could be either passes.
    for (here, next) in [(isFour, ipv4), (isSix, ipv6)] {
      code.place(here)
      load(shortBehindX: 12)
      for type in Self.followed { code.jump(to: accept, ifEqual: type) }
      code.jump(to: next)
    }
  }

  /// The EtherTypes that lead on from a pseudowire's Ethernet header.
  private static let followed: [UInt32] = [0x0800, 0x86dd, 0x8847, 0x8848, 0x8864] + tags

  /// An Ethernet header at X with up to two tags; what the program can't follow from here, it lets
  /// pass.
  private mutating func pseudowire() {
    for count in 0...UInt32(2) {
      load(shortBehindX: 12 + 4 * count)
      let (isIPv4, isIPv6, isTag) = (code.label(), code.label(), code.label())
      code.jump(to: isIPv4, ifEqual: 0x0800)
      code.jump(to: isIPv6, ifEqual: 0x86dd)
      for type: UInt32 in [0x8847, 0x8848, 0x8864] { code.jump(to: accept, ifEqual: type) }
      for tag in Self.tags { code.jump(to: isTag, ifEqual: tag) }
      code.jump(to: refuse)
      enter(isIPv4, ipv4, after: 14 + 4 * count)
      enter(isIPv6, ipv6, after: 14 + 4 * count)
      code.place(isTag)
    }
    code.jump(to: accept)
  }
}
