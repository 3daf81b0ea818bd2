/// What the port is registered for, what that is worth, and who really uses it.
public enum About {
  /// The page, a line each, at most 80 columns.
  ///
  /// - Parameters:
  ///   - port: The watched port; the registry's facts are told of 3699 only.
  ///   - ephemeralRange: The ports that this host gives to its clients; nil when unknown.
  public static func text(port: UInt16 = 3699, ephemeralRange: ClosedRange<UInt16>? = nil)
    -> [String]
  {
    let opening = port == 3699 ? registry : moved(port)
    return opening + [""] + callWaiting + [""] + users + [""] + answers + [""]
      + range(port, ephemeralRange) + [""]
      + byHand(port)
  }

  private static let registry = """
    WHAT THE REGISTRY SAYS
      IANA lists 3699/tcp and 3699/udp as "kpn-icw", Internet Call Waiting. The
      entry was made in February 2003 for B.J. Kortekaas and has not been changed
      since. It cites no specification.
      The assignee is a person; the tie to the Dutch operator KPN is the service's
      name, and the contact's mail address at kpn.com in older copies of the list.

    WHAT THAT IS WORTH
      Ports 0-1023 are well known, 1024-49151 registered, 49152-65535 dynamic (RFC
      6335). 3699 is a registered port. Registration reserves a name and enforces
      nothing: any program may listen there, and no system checks what it speaks.
      nmap, Wireshark and macOS print "kpn-icw" out of a table. It means "the
      number is 3699" and no more. nmap's table gives it a frequency of zero, that
      is: never found open in its surveys; nmap has no probe for it and Wireshark
      no dissector. Debian's /etc/services leaves it out.
    """.lines

  private static func moved(_ port: UInt16) -> [String] {
    [
      "PORT \(port)",
      "  You asked about another port than 3699. What the registry says of 3699 says",
      "  nothing of it; the signs of Internet Call Waiting in the packets are the same",
      "  on every port.",
    ]
  }

  private static let callWaiting = """
    WHAT INTERNET CALL WAITING WAS
      Somebody who was online over the telephone line could not be called. With
      Internet Call Waiting (ICW) the exchange told a server, the server told a
      program on the subscriber's PC, and a window showed who was calling. The
      subscriber accepted (the modem hung up and the telephone rang), rejected,
      forwarded the call, or sent it to voice mail.
      Published systems are those of Korea Telecom, Lucent, NEC and Telia (RFC
      2995), which built on SIP and PINT (RFC 2848) or on formats of their own, and
      SPIRITS (RFC 3136, 3298, 3910). None of these documents names port 3699, and
      they say themselves that they do not interoperate.
      KPN published nothing: neither messages nor transport, nor which side
      listened. So no bytes can prove KPN's service, and icwscan never calls a byte
      pattern KPN's.

    WHY YOU WILL HARDLY MEET IT
      It makes sense only on a line that dial-up occupies. KPN closed its last
      dial-in number on 1 October 2021 and counted next to no users by 2010. A
      capture made after that date can't hold the genuine service.
    """.lines

  private static let users = """
    WHO USES 3699 TODAY
      NebulaGraph graphd (version 1, and later ones started without a
        configuration): Apache Thrift over TCP; the product's default moved to 9669
        in version 2.
      Development servers that somebody numbered by hand: mostly HTTP and
        WebSocket.
      Neighbours by one: OwnTone (3689), Subversion (3690) and GlassFish IIOP
        (3700) are sometimes run as a second instance on 3699.
      PostgreSQL, SOCKS and home-made protocols that were moved here.
      Clients, by chance: where 3699 lies among the ports that a system gives to
        its clients, it is only the near end of a connection to something else.
        Windows up to XP and Server 2003 used 1025-5000, early Linux with little
        memory 1024-4999, old BSD 1024-5000; behind a NAT any port can turn up.
        Today's Linux uses 32768-60999, Windows, macOS and FreeBSD start at 49152
        or 10000.
      Scanners: ZMap, masscan and nmap look at every port there is. nmap's SIP
        probe resembles SIP.
      No malware, game or router is known that has 3699 as its own.
    """.lines

  private static let answers = """
    HOW TO READ THE ANSWERS OF ICWSCAN
      The port number counts for nothing. Evidence is what both sides say, when
      they say it, and who holds the socket. "is not KPN-ICW" is said only when
      every flow is another application or a client's port. "consistent with" is as
      far as behaviour alone can lead; encrypted or unknown bytes are never
      evidence for ICW. --explain shows what speaks for and against a verdict.
    """.lines

  private static func range(_ port: UInt16, _ range: ClosedRange<UInt16>?) -> [String] {
    let title = "ON THIS HOST"
    guard let range else {
      return [
        title, "  The range of client ports is not known",
        "  (/proc/sys/net/ipv4/ip_local_port_range).",
      ]
    }
    let shown = "\(range.lowerBound)-\(range.upperBound)"
    guard range.contains(port) else {
      return [
        title,
        "  Client ports are \(shown): \(port) is outside, so a socket on \(port) was",
        "  chosen by someone.",
      ]
    }
    return [
      title,
      "  Client ports are \(shown): \(port) is inside, so it may be the near end of",
      "  any connection.",
      "  To keep it out: sysctl net.ipv4.ip_local_reserved_ports=\(port)",
    ]
  }

  private static func byHand(_ port: UInt16) -> [String] {
    """
    TO CHECK BY HAND
      Linux    sudo ss -tunap '( sport = :\(port) or dport = :\(port) )'
               sudo lsof -nP -i :\(port)
               sudo tcpdump -ni any port \(port)
      macOS    sudo lsof -nP -i :\(port)
      Windows  netstat -ano | findstr :\(port)
               tasklist /fi "PID eq NUMBER"
    """.lines
  }
}

extension String {
  /// The text's lines.
  fileprivate var lines: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
