extension Situation {
  /// Datagrams.
  static let udp = [
    Situation(
      name: "a bound UDP socket", script: "s = datagrams(); ready(own(s))", states: ["UNCONN"]),
    Situation(
      name: "UDP of both families",
      script:
        "a = datagrams('0.0.0.0'); b = datagrams('::', AF_INET6, options=[(41, 26, 1)]); ready(own(a, b))"
    ),
    Situation(
      name: "a connected UDP client",
      script: "s = datagrams(); c = connected(kind=SOCK_DGRAM); ready(own(s, c))",
      states: ["ESTAB", "UNCONN"]),
    Situation(
      name: "a UDP server with a socket for each peer",
      script: """
        s = datagrams(share=True); c = socket.socket(AF_INET, SOCK_DGRAM); c.bind(("127.0.0.1", 0))
        a = datagrams(share=True); a.connect(c.getsockname()); ready(own(s, a))
        """, states: ["ESTAB", "UNCONN"]),
    Situation(
      name: "a UDP socket that is bound to IPv4 through IPv6",
      script: "s = datagrams('::ffff:127.0.0.1', AF_INET6, options=[(41, 26, 0)]); ready(own(s))"),
    Situation(
      name: "UDP members of a group",
      script: """
        import socket as k
        s = datagrams('224.0.0.77', share=True)
        s.setsockopt(k.IPPROTO_IP, k.IP_ADD_MEMBERSHIP, k.inet_aton('224.0.0.77') + k.inet_aton('127.0.0.1'))
        ready(own(s))
        """),
    Situation(
      name: "TCP and UDP of two processes",
      script: """
        s = listener()
        def work():
          global u
          u = datagrams(); return [number(u), u.fileno()]
        pid, (inode, descriptor) = child(work)
        # The child was forked with the listener, which it holds too.
        ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}, inode: {pid: [descriptor]}})
        """),
  ]
}
