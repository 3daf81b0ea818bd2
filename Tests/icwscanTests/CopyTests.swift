import Glibc
import Testing

/// One packet seen on several interfaces, in namespaces: a bridge of two veth pairs, whose four ends all show it.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "network namespaces (unshare -rn), python3 and curl are needed; one of them is not to be had here"
  ))
struct CopyTests {
  /// A host with a bridge, and a server and a client behind one port of it each.
  private struct Scene {
    let host: Namespace
    let server: Namespace
    let client: Namespace

    init() throws {
      host = try Namespace()
      server = try Namespace(inside: host)
      client = try Namespace(inside: host)
      try host.run(["ip", "link", "add", "br0", "type", "bridge"])
      for (namespace, port, end) in [(server, "p1", "1"), (client, "p2", "2")] {
        try host.run([
          "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
          namespace.process,
        ])
        try host.run(["ip", "link", "set", port, "master", "br0", "up"])
        try namespace.run(["ip", "addr", "add", "198.51.100.\(end)/24", "dev", "eth0"])
        try namespace.run(["ip", "link", "set", "eth0", "up"])
      }
      try host.run(["ip", "link", "set", "br0", "up"])
    }
  }

  @Test(arguments: [["any"], ["p1", "p2"], ["p1", "br0", "p2"]])
  func `A bridge's copies of a packet are counted as such, and the flow is told once`(
    _ interfaces: [String]
  ) throws {
    let scene = try Scene()
    let server = try scene.server.webServer("198.51.100.1")
    let capture = try scene.host.live("--json", "--packets", on: interfaces)
    try scene.client.fetch("198.51.100.1")
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    let records = try JSONText.records(outcome.output)
    let ends = records.filter { $0["event.action"]?.string == "flow-end" }
    #expect(ends.count == 1)
    let flow = try #require(ends.first)
    let packets = try #require(flow["network.packets"]?.integer)
    let duplicates = try #require(flow["icwscan.duplicates"]?.integer)
    // Every packet comes in by one port and leaves by the other; the bridge itself shows it when it is asked for alone,
    // for only then it takes what is for others.
    let times = max(2, interfaces.count)
    #expect(packets == times * (packets - duplicates), "\(packets), \(duplicates)")
    #expect(packets - duplicates >= 8)
    #expect(flow["icwscan.client_counters.retransmitted"]?.integer == 0)
    #expect(flow["icwscan.server_counters.retransmitted"]?.integer == 0)
    #expect(flow["icwscan.verdict.application"]?.string == "http")
    // A packet has one line, whatever it was seen on.
    #expect(records.filter { $0.kind == "packet" }.count == packets - duplicates)
    withExtendedLifetime(server) {}
  }

  @Test func `On a quiet port a packet is told long before a second is over`() throws {
    let scene = try Scene()
    let capture = try scene.host.live("--packets", on: ["any"])
    let sender = """
      import socket, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.sendto(b'x', ('198.51.100.1', 3699))
      print(f'sent {time.clock_gettime_ns(time.CLOCK_MONOTONIC)}.', flush=True)
      """
    let client = try scene.client.start(["python3", "-c", sender])
    try capture.wait(for: "198.51.100.2")
    let seen = Self.now
    let told = try client.wait(for: ".")
    let sent = try #require(Int(told.dropFirst("sent ".count).prefix(while: \.isNumber)))
    let late = (seen - sent) / 1_000_000
    print("a packet was on the screen after \(late) ms")
    #expect(late < 1_000, "\(late) ms")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
  }

  /// Nanoseconds of the clock that the sender reads too.
  private static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
