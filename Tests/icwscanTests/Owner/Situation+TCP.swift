extension Situation {
  /// Connections and listeners in every state.
  static let tcp = [
    Situation(
      name: "a listener on loopback", script: "s = listener(); ready(own(s))", states: ["LISTEN"]),
    Situation(
      name: "a listener on every address of both families",
      script: "s = listener('::', AF_INET6, options=[(41, 26, 0)]); ready(own(s))",
      states: ["LISTEN"]),
    Situation(
      name: "a listener of each family",
      script:
        "a = listener('0.0.0.0'); b = listener('::', AF_INET6, options=[(41, 26, 1)]); ready(own(a, b))"
    ),
    Situation(
      name: "both ends of a connection",
      script: "s = listener(); c = connected(); a, _ = s.accept(); ready(own(s, c, a))",
      states: ["LISTEN", "ESTAB"]),
    Situation(
      name: "an IPv4 connection to an IPv6 listener",
      script: """
        s = listener('::', AF_INET6, options=[(41, 26, 0)]); c = connected(); a, _ = s.accept()
        d = connected('::ffff:127.0.0.1', AF_INET6); b, _ = s.accept()
        ready(own(s, c, a, d, b))
        """),
    Situation(
      name: "a connection that nobody accepted",
      script: "s = listener(); c = connected(); ready(own(s, c))", states: ["ESTAB", "LISTEN"],
      reasons: ["ESTAB": "orphaned"]),
    Situation(
      name: "a half-open connection",
      script: """
        s = listener(options=[(6, 9, 30)])
        c = connected(); state("SYN-RECV"); ready(own(s, c))
        """, states: ["SYN-RECV"], reasons: ["SYN-RECV": "orphaned"]),
    Situation(
      name: "a connection attempt without an answer",
      script: """
        import subprocess
        subprocess.run("ip link add v1 type veth peer name v2 && ip addr add 198.51.100.1/24 dev v1 && "
          "ip link set v1 up && ip link set v2 up && ip neigh add 198.51.100.9 lladdr 02:00:00:00:00:09 dev v1",
          shell=True, check=True)
        c = socket.socket(); c.setblocking(False); c.connect_ex(("198.51.100.9", PORT))
        state("SYN-SENT"); ready(own(c))
        """, states: ["SYN-SENT"]),
    Situation(
      name: "TIME-WAIT",
      script: """
        s = listener(); c = connected(); a, _ = s.accept(); c.close(); a.close(); state("TIME-WAIT")
        ready(own(s))
        """, states: ["TIME-WAIT"], reasons: ["TIME-WAIT": "time-wait"]),
    Situation(
      name: "FIN-WAIT-2 without a process and CLOSE-WAIT with one",
      script: """
        s = listener(); c = connected(); a, _ = s.accept(); c.close(); state("FIN-WAIT-2")
        ready(own(s, a))
        """, states: ["CLOSE-WAIT", "FIN-WAIT-2"], reasons: ["FIN-WAIT-2": "orphaned"]),
    Situation(
      name: "FIN-WAIT-1 of an orphan that still has to send",
      script: """
        s = listener(options=[(1, 8, 2304)]); c = connected(); a, _ = s.accept(); c.setblocking(False)
        try:
          while c.send(bytes(65536)): pass
        except BlockingIOError: pass
        c.close(); state("FIN-WAIT-1"); ready(own(s, a))
        """, states: ["FIN-WAIT-1"], reasons: ["FIN-WAIT-1": "orphaned"]),
    Situation(
      name: "a connection that was shut down and is still held",
      script: """
        s = listener(); c = connected(); a, _ = s.accept(); c.shutdown(1); state("CLOSE-WAIT")
        ready(own(s, c, a))
        """, states: ["FIN-WAIT-2", "CLOSE-WAIT"]),
    Situation(
      name: "only the peer's port is 3699",
      script: """
        s = listener(); c = connected(); a, _ = s.accept(); s.close(); ready(own(c, a))
        """, states: ["ESTAB"]),
    Situation(
      name: "a listener bound to a device",
      script: "s = listener(options=[(1, 25, b'lo')]); ready(own(s))"),
    Situation(
      name: "a connection with a firewall mark",
      script: """
        s = listener(); c = socket.socket(); c.setsockopt(1, 36, 77); c.connect(("127.0.0.1", PORT))
        a, _ = s.accept(); ready(own(s, c, a))
        """),
    Situation(
      name: "Multipath TCP, listening and connected, with the TCP sockets below",
      script: """
        s, c = multipath(), multipath(listens=False); a, _ = s.accept(); ready(own(s, c, a))
        """, states: ["LISTEN", "ESTAB"], isKnownToLsof: false),
    Situation(
      name: "Multipath TCP whose client closed",
      script: """
        s, c = multipath(), multipath(listens=False); a, _ = s.accept(); inode = number(c); c.close()
        # The kernel goes on naming the closed file below.
        ready({**own(s, a), inode: {}})
        """, reasons: ["FIN-WAIT-2": "orphaned"], isKnownToLsof: false),
    Situation(
      name: "a port that is open to IPv4 by one process and to IPv6 by another",
      script: """
        s = listener()
        def work():
          s.close()
          global t
          t = listener('::1', AF_INET6); return [number(t), t.fileno()]
        pid, (inode, descriptor) = child(work)
        ready({**own(s), inode: {pid: [descriptor]}})
        """, states: ["LISTEN"]),
    Situation(
      name: "LAST-ACK of an orphan whose peer stays silent",
      script: """
        import subprocess
        s = listener(); c = connected(); a, _ = s.accept(); c.shutdown(1); state("CLOSE-WAIT")
        subprocess.run(["ip", "link", "set", "lo", "down"], check=True)
        a.close(); state("LAST-ACK"); ready(own(s, c))
        """, states: ["LAST-ACK"], reasons: ["LAST-ACK": "orphaned"]),
    Situation(
      name: "many connections of one server",
      script: """
        s = listener(); all = [s]
        for _ in range(60): all.append(connected()); all.append(s.accept()[0])
        ready(own(*all))
        """),
  ]
}
