import Glibc
import Testing

/// Options of `live`, each by the effect that it has on a real device.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("ip"),
    "network namespaces (unshare -rn), python3 and ip are needed; one of them is not to be had here"
  ))
struct LiveOptionTests {
  /// A server that answers one datagram, and one that asks it.
  private static let echo = """
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("198.51.100.1", 3699))
    print("ready", flush=True)
    while True: data, peer = s.recvfrom(100); s.sendto(data, peer)
    """
  private static let ask = """
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(10)
    for _ in range(3): s.sendto(b"question", ("198.51.100.1", 3699)); s.recv(100)
    """

  @Test(arguments: [("in", 3, 0), ("out", 0, 3), ("inout", 3, 3)])
  func `-Q keeps what comes in, what goes out, or both`(
    _ direction: String, _ questions: Int, _ answers: Int
  ) throws {
    let (near, far) = try Namespace.pair()
    let server = try near.start(["python3", "-c", Self.echo])
    try server.wait(for: "ready")
    let capture = try near.live("--json", "-Q", direction, on: ["v1"])
    #expect(try far.run(["python3", "-c", Self.ask]).status == 0)
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let packets = try JSONText.records(capture.finish().output)
      .filter { $0["event.action"]?.string == "flow-end" }
      .reduce(into: [String: Int]()) { sums, flow in
        for (end, count) in [
          ("source.ip", "source.packets"), ("destination.ip", "destination.packets"),
        ] {
          sums[flow[end]?.string ?? "", default: 0] += flow[count]?.integer ?? 0
        }
      }
    #expect(packets["198.51.100.2"] == questions && packets["198.51.100.1"] == answers)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [([], 65_536), (["-B", "4096"], 4_096), (["-B16384"], 16_384)])
  func `-B sizes the kernel's ring`(_ words: [String], _ kibibytes: Int) throws {
    let namespace = try Namespace()
    let capture = try namespace.start([Place.binary, "live", "-l", "-i", "lo"] + words)
    try capture.wait(for: "capturing on", on: .errors)
    let parser = try #require(capture.parser)
    let rings = Place.text("/proc/\(parser)/maps")?.split(separator: "\n")
      .filter { $0.contains("socket:[") }
      .map { line in
        let ends = line.prefix { $0 != " " }.split(separator: "-").map { Int($0, radix: 16) ?? 0 }
        return ends.count == 2 ? (ends[1] - ends[0]) / 1024 : 0
      }
    // A frame has a place of its own, which takes up to twice its size.
    let ring = try #require(rings?.first)
    #expect(rings?.count == 1 && ring <= 2 * kibibytes && ring > kibibytes / 2, "\(ring) KiB")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
  }

  @Test(arguments: [([], 1), (["-p"], 0)])
  func `-p leaves the device as it is, else it is made promiscuous`(
    _ words: [String], _ promiscuity: Int
  ) throws {
    let (near, far) = try Namespace.pair()
    let capture = try near.start([Place.binary, "live", "-l", "-i", "v1"] + words)
    try capture.wait(for: "capturing on", on: .errors)
    let link = try near.run(["ip", "-d", "link", "show", "dev", "v1"])
    #expect(link.output.contains("promiscuity \(promiscuity) "), "\(link.output)")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    withExtendedLifetime(far) {}
  }

  /// A server of the DNS that knows one name, for 127.0.0.1 alone.
  private static let nameServer = """
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 53))
    print("ready", flush=True)
    name = b"\\7fromdns\\7example\\0"
    while True:
      q, peer = s.recvfrom(512)
      known = q[12:].lower().startswith(b"\\x01" + b"1\\x03100\\x0251\\x03198")
      head = q[:2] + (b"\\x81\\x80" if known else b"\\x81\\x83") + b"\\0\\1" + (b"\\0\\1" if known else b"\\0\\0") + b"\\0\\0\\0\\0"
      end = q.index(b"\\0", 12) + 5
      answer = b"\\xc0\\x0c\\0\\x0c\\0\\1\\0\\0\\0\\x3c" + len(name).to_bytes(2, "big") + name
      s.sendto(head + q[12:end] + (answer if known else b""), peer)
    """

  @Test func `--resolve asks the hosts file and a name server, and nothing asks without it`()
    throws
  {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let hosts = folder.file("hosts", Array("127.0.0.9 fromhosts.example\n".utf8))
    let order = folder.file("order", Array("hosts: files dns\n".utf8))
    let servers = folder.file("servers", Array("nameserver 127.0.0.1\n".utf8))
    let names = try namespace.start(["python3", "-c", Self.nameServer])
    try names.wait(for: "ready")
    try namespace.run(["ip", "addr", "add", "198.51.100.1/32", "dev", "lo"])
    func capture(_ words: [String]) throws -> [JSONText] {
      let mounts = """
        mount --bind \(hosts) /etc/hosts && mount --bind \(order) /etc/nsswitch.conf \
        && mount --bind \(servers) "$(readlink -f /etc/resolv.conf)" && exec "$@"
        """
      let capture = try namespace.start(
        ["unshare", "-m", "bash", "-c", mounts, "-", Place.binary, "live", "-l", "--json", "-ilo"]
          + words)
      try capture.wait(for: "capturing on", on: .errors)
      try namespace.run([
        "python3", "-c",
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.9", 4000))
        s.sendto(b"question", ("198.51.100.1", 3699))
        """,
      ])
      try capture.wait(for: "\"flow-start\"")
      capture.send(SIGINT)
      let outcome = try capture.finish()
      #expect(outcome.status == 0)
      return try JSONText.records(outcome.output).filter { $0.kind == "flow" }
    }
    let named = try #require(try capture(["--resolve"]).last)
    #expect(named["source.domain"]?.string == "fromhosts.example")
    #expect(named["destination.domain"]?.string == "fromdns.example")
    for words in [[], ["--resolve", "-n"]] {
      let plain = try #require(try capture(words).last)
      #expect(plain["source.domain"] == nil && plain["destination.domain"] == nil)
    }
    withExtendedLifetime(names) {}
  }

  /// The share of a second between the sending of a lone datagram and its line; a lax bound, for a busy machine. Run
  /// alone it is a few milliseconds, which the manual tells.
  @Test(arguments: ["lo", "any"])
  func `A packet on a quiet port is on the screen at once`(_ interface: String) throws {
    let namespace = try Namespace()
    let capture = try namespace.live("--packets", on: [interface])
    let sender = try namespace.start([
      "python3", "-uc",
      """
      import socket, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      time.sleep(1)
      print(time.clock_gettime_ns(time.CLOCK_MONOTONIC), flush=True); s.sendto(b"x", ("127.0.0.1", 3699))
      """,
    ])
    try capture.wait(for: ".3699: UDP, length 1")
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    let sent = try #require(Int(sender.finish().lines.first ?? ""))
    let milliseconds = (now.tv_sec * 1_000_000_000 + now.tv_nsec - sent) / 1_000_000
    print("a packet on quiet \(interface) was on the screen after \(milliseconds) ms")
    #expect(milliseconds < 2_000)
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
  }
}
