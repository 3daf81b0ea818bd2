extension KernelFilterBuilder {
  /// RFC 791: later fragments pass, the first has the ports; authentication header and ICMP errors
  /// are looked into.
  mutating func versionFour() {
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
    code.jump(to: message, ifEqual: 1)
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
    // Few errors quote an authentication header, and those are decided exactly later.
    code.jump(to: accept, ifEqual: 51)
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

  /// The extension headers that give their length in units of eight bytes: hop-by-hop, routing,
  /// destination options, mobility, HIP and Shim6.
  private static let extensions: [UInt32] = [0, 43, 60, 135, 139, 140]

  /// RFC 8200: up to four extension headers, then the ports or an ICMPv6 error; more of them pass.
  mutating func versionSix() {
    code.place(ipv6)
    load(byteBehindX: 6)
    code.storeA()
    code.advanceX(40)
    code.loadA()
    let message = code.label()
    // The last turn only looks at what is behind the fourth.
    for turn in 0...4 {
      code.jump(to: ports, ifEqual: 6)
      code.jump(to: ports, ifEqual: 17)
      code.jump(to: message, ifEqual: 58)
      if turn < 4 {
        passExtension()
      } else {
        for header in [44, 51] + Self.extensions { code.jump(to: accept, ifEqual: header) }
        code.jump(to: refuse)
      }
    }
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
    // The quoted datagram has extension headers of its own: such errors are few, and are decided
    // exactly later.
    for header in [44, 51] + Self.extensions { code.jump(to: accept, ifEqual: header) }
    code.jump(to: refuse)
  }

  /// A holds the kind of the extension header at X: X moves behind it, and A becomes the kind of
  /// the next. A fragment that is not the first passes.
  private mutating func passExtension() {
    let (fragment, authentication, extended, next) = (
      code.label(), code.label(), code.label(), code.label()
    )
    code.jump(to: fragment, ifEqual: 44)
    code.jump(to: authentication, ifEqual: 51)
    for header in Self.extensions { code.jump(to: extended, ifEqual: header) }
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
}
