import Packets

extension KnownProbe {
  /// Nmap's service probes that can't be taken for an ordinary client's request: by the identifiers, names and nonces that
  /// nmap has put into them, or because nothing else begins so.
  ///
  /// Left out are those that an ordinary client may send as they are (an X11 or Java RMI opening, `stats` of memcached, an
  /// anonymous bind of LDAP, ipmitool's and rxdebug's first questions).
  static let known: [KnownProbe] = [
    KnownProbe("GenericLines", isTelling: false, text("\r\n\r\n")),
    KnownProbe("GetRequest", isTelling: false, text("GET / HTTP/1.0\r\n\r\n")),
    KnownProbe("HTTPOptions", isTelling: false, text("OPTIONS / HTTP/1.0\r\n\r\n")),
    KnownProbe("RTSPRequest", text("OPTIONS / RTSP/1.0\r\n\r\n")),
    KnownProbe("Hello", isTelling: false, text("EHLO\r\n")),
    KnownProbe("Help", isTelling: false, text("HELP\r\n")),
    KnownProbe("Help", over: [.udp], text("help\r\n\r\n")),
    KnownProbe(
      "FourOhFourRequest", beginningWith: text("GET /nice%20ports%2C/Tri%6Eity.txt%2ebak ")),
    KnownProbe("RPCCheck", beginningWith: [0x80, 0, 0, 0x28] + callIdentifier),
    KnownProbe("RPCCheck", over: [.udp], beginningWith: callIdentifier),
    KnownProbe("DNSVersionBindReqTCP", [0, 30] + versionBind),
    KnownProbe("DNSVersionBindReq", over: [.udp], versionBind),
    KnownProbe("DNSStatusRequestTCP", [0, 12, 0, 0, 0x10] + zeros(9)),
    KnownProbe("DNSStatusRequest", over: [.udp], [0, 0, 0x10] + zeros(9)),
    KnownProbe(
      "SSLSessionReq",
      beginningWith: [0x16, 3, 0, 0, 0x53, 1, 0, 0, 0x4f, 3, 0, 0x3f, 0x47, 0xd7, 0xf7, 0xba]),
    KnownProbe(
      "TLSSessionReq",
      beginningWith: [0x16, 3, 0, 0, 0x69, 1, 0, 0, 0x65, 3, 3, 0x55, 0x1c, 0xa7, 0xe4]
        + text("random1random2")),
    KnownProbe(
      "TLS-PSK",
      beginningWith: [0x16, 3, 0, 0, 0x75, 1, 0, 0, 0x71, 3, 3] + text("U8*bETXSJDSZNHMDFAONDKJXX")),
    KnownProbe(
      "TerminalServerCookie",
      beginningWith: [3, 0, 0, 0x2a, 0x25, 0xe0, 0, 0, 0, 0, 0] + text("Cookie: mstshash=nmap\r\n")),
    KnownProbe("Kerberos", beginningWith: [0, 0, 0, 0x71] + ticketRequest),
    KnownProbe("Kerberos", over: [.udp], beginningWith: ticketRequest),
    KnownProbe(
      "SMBProgNeg",
      beginningWith: [0, 0, 0, 0xa4, 0xff] + text("SMBr") + [0, 0, 0, 0, 8, 1, 0x40] + zeros(14)
        + [0x40, 6, 0, 0, 1, 0]),
    KnownProbe("LPDString", isTelling: false, text("\u{1}default\n")),
    KnownProbe("LDAPSearchReq", over: [.tcp, .udp], directorySearch),
    KnownProbe(
      "DistCCD",
      beginningWith: text("DIST00000001ARGC00000005ARGV00000002ccARGV00000002-cARGV00000006nmap.c")),
    KnownProbe(
      "NTPRequest", over: [.udp],
      [0xe3, 0, 4, 0xfa, 0, 1, 0, 0, 0, 1] + zeros(30) + [
        0xc5, 0x4f, 0x23, 0x4b, 0x71, 0xb1, 0x52, 0xf3,
      ]),
    KnownProbe(
      "SNMPv1public", over: [.udp],
      beginningWith: [0x30, 0x82, 0, 0x2f, 2, 1, 0, 4, 6] + text("public") + [
        0xa0, 0x82, 0, 0x20, 2, 4, 0x4c, 0x33, 0xa7, 0x56,
      ]),
    KnownProbe(
      "SNMPv3GetRequest", over: [.udp],
      beginningWith: [0x30, 0x3a, 2, 1, 3, 0x30, 0x0f, 2, 2, 0x4a, 0x69, 2, 3, 0, 0xff, 0xe3]),
    KnownProbe(
      "Socks5", beginningWith: [5, 4, 0, 1, 2, 0x80, 5, 1, 0, 3, 10] + text("google.com")),
    KnownProbe(
      "GIOP",
      beginningWith: text("GIOP") + [1, 0, 1, 0, 0x24] + zeros(7) + [
        1, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0,
      ] + text("abcdef")),
    KnownProbe(
      "OpenVPN", beginningWith: [0, 0x0e, 0x38, 0x37, 0xa5, 0x26, 8, 0xa2, 0x1b, 0xa0, 0xb1]),
    KnownProbe(
      "OpenVPN", over: [.udp], beginningWith: [0x38, 0x64, 0xc1, 0x78, 1, 0xb8, 0x9b, 0xcb, 0x8f]),
    KnownProbe("mqtt", [0x10, 0x10, 0, 4] + text("MQTT") + [4, 2, 0, 0x1e, 0, 4] + text("nmap")),
    KnownProbe(
      "metasploit-xmlrpc",
      beginningWith: text("<?xml version=\"1.0\" ?><methodCall><methodName>nmap.probe<")),
    KnownProbe("Murmur", over: [.udp], [0, 0, 0, 0] + text("abcdefgh")),
  ]

  /// The identifier of nmap's call of a remote procedure, and what makes the rest a call.
  private static let callIdentifier: [UInt8] = [0x72, 0xfe, 0x1d, 0x13, 0, 0, 0, 0, 0, 0, 0, 2]
  /// A question for the server's version with the identifier 6.
  private static let versionBind: [UInt8] =
    [0, 6, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7] + text("version") + [4] + text("bind")
    + [0, 0, 0x10, 0, 3]
  /// A request for a ticket in the realm NM.
  private static let ticketRequest: [UInt8] =
    [0x6a, 0x81, 0x6e, 0x30, 0x81, 0x6b, 0xa1, 3, 2, 1, 5, 0xa2, 3, 2, 1, 10, 0xa4, 0x81, 0x5e]
    + [0x30, 0x5c, 0xa0, 7, 3, 5, 0, 0x50, 0x80, 0, 0x10, 0xa2, 4, 0x1b, 2] + text("NM")
  /// A search for every object class, numbered 7, with lengths of four bytes.
  private static let directorySearch: [UInt8] =
    [0x30, 0x84, 0, 0, 0, 0x2d, 2, 1, 7, 0x63, 0x84, 0, 0, 0, 0x24, 4, 0, 10, 1, 0, 10, 1, 0]
    + [2, 1, 0, 2, 1, 0x64, 1, 1, 0, 0x87, 11] + text("objectClass") + [0x30, 0x84, 0, 0, 0, 0]

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
}
