/// The parts of the kernel's program. X holds the offset of the header that is looked at, counted from the end of a cooked
/// capture's link header: that header exists only in user space, and libpcap takes its length off every offset when it
/// hands a program to the kernel, so each load behind X adds it.
struct KernelFilterBuilder {
  private var code = BPFAssembler()
  private let port: UInt32
  private let snapshotLength: UInt32
  private let cooked: UInt32
  private let accept: BPFAssembler.Label
  private let refuse: BPFAssembler.Label
  private let ipv4: BPFAssembler.Label
  private let ipv6: BPFAssembler.Label
  private let mpls: BPFAssembler.Label
  private let ports: BPFAssembler.Label

  /// `cooked` is the length of the cooked link header, 0 for a real one.
  init(port: UInt32, snapshotLength: UInt32, cooked: UInt32 = 0) {
    self.port = port
    self.cooked = cooked
    self.snapshotLength = snapshotLength
    accept = code.label()
    refuse = code.label()
    ipv4 = code.label()
    ipv6 = code.label()
    mpls = code.label()
    ports = code.label()
  }

  private mutating func setX(_ offset: UInt32) { code.setX(offset - min(cooked, offset)) }
  private mutating func load(byteBehindX offset: UInt32) { code.load(byteBehindX: offset + cooked) }
  private mutating func load(shortBehindX offset: UInt32) { code.load(shortBehindX: offset + cooked) }

  /// A link with an EtherType: up to two tags, then IP, MPLS, PPPoE or, for IEEE 802.3, SNAP.
  mutating func etherType(at type: UInt32, payload: UInt32) {
    for tags in 0...UInt32(2) {
      let payload = payload + 4 * tags
      code.load(shortAt: tags == 0 ? type : payload - 2)
      let (isIPv4, isIPv6, isMPLS, isPPPoE, isTag) = (
        code.label(), code.label(), code.label(), code.label(), code.label()
      )
      code.jump(to: isIPv4, ifEqual: 0x0800)
      code.jump(to: isIPv6, ifEqual: 0x86dd)
      code.jump(to: isMPLS, ifEqual: 0x8847)
      code.jump(to: isMPLS, ifEqual: 0x8848)
      code.jump(to: isPPPoE, ifEqual: 0x8864)
      if tags < 2 { for tag: UInt32 in [0x8100, 0x88a8, 0x9100] { code.jump(to: isTag, ifEqual: tag) } }
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
      code.place(isPPPoE)
      code.load(shortAt: payload + 6)
      setX(payload + 8)
      code.jump(to: ipv4, ifEqual: 0x0021)
      code.jump(to: ipv6, ifEqual: 0x0057)
      code.jump(to: refuse)
      code.place(isTag)
    }
    code.jump(to: refuse)
  }

  private mutating func enter(_ here: BPFAssembler.Label, _ next: BPFAssembler.Label, at offset: UInt32) {
    code.place(here)
    setX(offset)
    code.jump(to: next)
  }

  /// IP at a fixed offset, of the version that its first bits tell.
  mutating func internetProtocol(at offset: UInt32) {
    code.load(byteAt: offset)
    setX(offset)
    version()
  }

  /// PPP, with and without address and control, protocol field of one or two bytes (RFC 1661 section 6.5, RFC 1662).
  mutating func pointToPoint() {
    let (framed, plain, oneByte) = (code.label(), code.label(), code.label())
    code.load(byteAt: 0)
    code.jump(to: framed, ifEqual: 0xff)
    setX(1)
    code.jump(to: ipv4, ifEqual: 0x21)
    code.jump(to: ipv6, ifEqual: 0x57)
    code.jump(to: plain, ifEqual: 0)
    code.jump(to: plain, ifEqual: 2)
    code.jump(to: refuse)
    code.place(plain)
    code.load(shortAt: 0)
    setX(2)
    protocolField()
    code.place(framed)
    code.load(byteAt: 2)
    code.jump(to: oneByte, ifAnyOf: 1)
    code.load(shortAt: 2)
    setX(4)
    protocolField()
    code.place(oneByte)
    setX(3)
    code.jump(to: ipv4, ifEqual: 0x21)
    code.jump(to: ipv6, ifEqual: 0x57)
    code.jump(to: refuse)
  }

  private mutating func protocolField() {
    code.jump(to: ipv4, ifEqual: 0x0021)
    code.jump(to: ipv6, ifEqual: 0x0057)
    code.jump(to: mpls, ifEqual: 0x0281)
    code.jump(to: refuse)
  }

  /// A holds the first byte of an IP header at X.
  private mutating func version() {
    code.shiftRight(4)
    code.jump(to: ipv4, ifEqual: 4)
    code.jump(to: ipv6, ifEqual: 6)
    code.jump(to: refuse)
  }

  /// The shared parts and the two answers.
  mutating func finish() -> [BPFInstruction] {
    labelStack()
    versionFour()
    versionSix()
    code.place(ports)
    load(shortBehindX: 0)
    code.jump(to: accept, ifEqual: port)
    load(shortBehindX: 2)
    code.jump(to: accept, ifEqual: port)
    code.place(refuse)
    code.answer(0)
    code.place(accept)
    code.answer(snapshotLength)
    return code.assembled()
  }

  /// Up to four MPLS labels (RFC 3032), then IP, or a pseudowire's Ethernet with or without control word (RFC 4448).
  private mutating func labelStack() {
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
    load(byteBehindX: 0)
    code.shiftRight(4)
    code.jump(to: ipv4, ifEqual: 4)
    code.jump(to: ipv6, ifEqual: 6)
    let ethernet = code.label()
    load(byteBehindX: 0)
    code.jump(to: ethernet, ifAbove: 0)
    code.advanceX(4)
    code.place(ethernet)
    let (innerIPv4, innerIPv6, tagged) = (code.label(), code.label(), code.label())
    load(shortBehindX: 12)
    code.jump(to: innerIPv4, ifEqual: 0x0800)
    code.jump(to: innerIPv6, ifEqual: 0x86dd)
    code.jump(to: tagged, ifEqual: 0x8100)
    code.jump(to: refuse)
    code.place(tagged)
    code.advanceX(18)
    load(byteBehindX: 0)
    version()
    code.place(innerIPv4)
    code.advanceX(14)
    code.jump(to: ipv4)
    code.place(innerIPv6)
    code.advanceX(14)
    code.jump(to: ipv6)
  }

  /// RFC 791: later fragments pass, the first has the ports; authentication header and ICMP errors are looked into.
  private mutating func versionFour() {
    code.place(ipv4)
    let (authentication, message) = (code.label(), code.label())
    load(shortBehindX: 6)
    code.jump(to: accept, ifAnyOf: 0x1fff)
    load(byteBehindX: 9)
    code.storeA()
    passHeader()
    // X is behind the header; the protocol comes back through the scratch cell.
    code.loadA()
    code.jump(to: ports, ifEqual: 6)
    code.jump(to: ports, ifEqual: 17)
    code.jump(to: message, ifEqual: 1)
    code.jump(to: authentication, ifEqual: 51)
    code.jump(to: refuse)
    code.place(authentication)
    load(byteBehindX: 1)
    code.add(2)
    code.shiftLeft(2)
    code.addX()
    code.storeA()
    load(byteBehindX: 0)
    code.loadX()
    code.jump(to: ports, ifEqual: 6)
    code.jump(to: ports, ifEqual: 17)
    code.jump(to: refuse)
    code.place(message)
    let isError = code.label()
    load(byteBehindX: 0)
    for type: UInt32 in [3, 4, 5, 11, 12] { code.jump(to: isError, ifEqual: type) }
    code.jump(to: refuse)
    code.place(isError)
    code.advanceX(8)
    load(byteBehindX: 9)
    code.storeA()
    passHeader()
    code.loadA()
    code.jump(to: ports, ifEqual: 6)
    code.jump(to: ports, ifEqual: 17)
    code.jump(to: refuse)
  }

  /// X moves behind the IPv4 header at X, options included.
  private mutating func passHeader() {
    load(byteBehindX: 0)
    code.and(0xf)
    code.shiftLeft(2)
    code.addX()
    code.moveToX()
  }

  /// RFC 8200: up to four extension headers, then the ports or an ICMPv6 error; more of them pass.
  private mutating func versionSix() {
    code.place(ipv6)
    load(byteBehindX: 6)
    code.storeA()
    code.advanceX(40)
    code.loadA()
    let message = code.label()
    for _ in 0..<4 {
      let (fragment, authentication, extended, next) = (
        code.label(), code.label(), code.label(), code.label()
      )
      code.jump(to: ports, ifEqual: 6)
      code.jump(to: ports, ifEqual: 17)
      code.jump(to: message, ifEqual: 58)
      code.jump(to: fragment, ifEqual: 44)
      code.jump(to: authentication, ifEqual: 51)
      for header: UInt32 in [0, 43, 60, 135, 139, 140] { code.jump(to: extended, ifEqual: header) }
      code.jump(to: refuse)
      code.place(fragment)
      load(shortBehindX: 2)
      code.jump(to: accept, ifAnyOf: 0xfff8)
      code.moveToA()
      code.add(8)
      code.jump(to: next)
      code.place(authentication)
      load(byteBehindX: 1)
      code.add(2)
      code.shiftLeft(2)
      code.addX()
      code.jump(to: next)
      code.place(extended)
      load(byteBehindX: 1)
      code.add(1)
      code.shiftLeft(3)
      code.addX()
      code.place(next)
      code.storeA()
      load(byteBehindX: 0)
      code.loadX()
    }
    code.jump(to: accept)
    code.place(message)
    let isError = code.label()
    load(byteBehindX: 0)
    for type: UInt32 in 1...4 { code.jump(to: isError, ifEqual: type) }
    code.jump(to: refuse)
    code.place(isError)
    load(byteBehindX: 14)
    code.storeA()
    code.advanceX(48)
    code.loadA()
    code.jump(to: ports, ifEqual: 6)
    code.jump(to: ports, ifEqual: 17)
    // The quoted datagram has extension headers of its own: such errors are few, and are decided exactly later.
    for header: UInt32 in [0, 43, 44, 60] { code.jump(to: accept, ifEqual: header) }
    code.jump(to: refuse)
  }
}
