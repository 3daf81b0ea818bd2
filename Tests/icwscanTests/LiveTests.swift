import Glibc
import Testing

/// Real servers and clients in network namespaces, watched by the real program.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "network namespaces (unshare -rn), python3 and curl are needed; one of them is not to be had here"
  ))
struct LiveTests {
  @Test
  func
    `A web server and its client are named with their processes, and Ctrl-C ends with a summary`()
    throws
  {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live("--json")
    try namespace.fetch()
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    let records = try JSONText.records(outcome.output)
    let socket = try #require(records.first { $0.kind == "socket" })
    #expect(socket["process.pid"]?.integer == Int(server.identifier))
    let start = try #require(records.first { $0["event.action"]?.string == "flow-start" })
    #expect(records.filter { $0["event.action"]?.string == "flow-start" }.count == 1)
    #expect(start["icwscan.verdict.application"]?.string == "http")
    #expect(start["icwscan.server_process.pid"]?.integer == Int(server.identifier))
    // A client that is gone before its first packet is looked at stays unnamed; it is never somebody else.
    #expect([nil, "curl"].contains(start["icwscan.client_process.name"]?.string))
    let end = try #require(records.first { $0["event.action"]?.string == "flow-end" })
    let packets = end["network.packets"]?.integer ?? 0
    #expect(packets >= 8)
    #expect(
      packets == (end["source.packets"]?.integer ?? 0) + (end["destination.packets"]?.integer ?? 0))
    #expect(end["network.community_id"] == start["network.community_id"])
    #expect(records.last?.kind == "summary")
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
  }

  @Test func `The text begins with the owner and ends by saying what it is`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live()
    #expect(capture.text(.output).contains("bound to loopback"))
    try namespace.fetch()
    try capture.wait(for: "is not KPN-ICW: it is HTTP")
    capture.send(SIGTERM)
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("pid \(server.identifier)"))
    #expect(outcome.lines.contains { $0.hasPrefix("3699/tcp is not KPN-ICW: it is HTTP") })
  }

  @Test func `SIGUSR1 prints counters and goes on`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live()
    capture.send(SIGUSR1)
    try capture.wait(for: "0 of the port", on: .errors)
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    withExtendedLifetime(server) {}
  }

  @Test func `-w writes what -c let through, SIGUSR2 flushes it`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live("-w", folder("live.pcapng"))
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    capture.send(SIGUSR2)
    // The counters come behind the flush, in the order of the signals.
    capture.send(SIGUSR1)
    try capture.wait(for: "of the port", on: .errors)
    let flushed = try Command.icwscan("analyze", "--json", folder("live.pcapng"))
    #expect(flushed.status == 0, "\(flushed.errors)")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    let written = try Command.run(["tcpdump", "-nr", folder("live.pcapng")])
    let info = try Command.run(["capinfos", "-c", "-M", folder("live.pcapng")])
    #expect(written.lines.count >= 8 && info.status == 0)
    let comments = try Command.run([
      "tshark", "-r", folder("live.pcapng"), "-T", "fields", "-e", "frame.comment",
    ])
    #expect(comments.output.contains("other-application http"), "\(comments.errors)")
    withExtendedLifetime(server) {}
  }

  @Test func `SIGHUP opens the written capture anew`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live("-w", folder("live.pcap"))
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    #expect(unsafe rename(folder("live.pcap"), folder("old.pcap")) == 0)
    capture.send(SIGHUP)
    capture.send(SIGUSR1)
    try capture.wait(for: "of the port", on: .errors)
    try namespace.fetch()
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    var lines = 0
    for name in ["old.pcap", "live.pcap"] {
      let read = try Command.run(["tcpdump", "-nr", folder(name)])
      // A connection may still be closed when the signal comes.
      #expect(read.status == 0 && read.lines.count >= 4, "\(name): \(read.errors)")
      lines += read.lines.count
    }
    #expect(lines >= 16)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [["lo"], ["any"], ["lo", "any"]])
  func `Every choice of interfaces sees the flow once`(_ interfaces: [String]) throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live("--json", on: interfaces)
    try namespace.fetch()
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    let ends = try JSONText.records(outcome.output).filter {
      $0["event.action"]?.string == "flow-end"
    }
    #expect(ends.count == 1)
    #expect(ends.first?["icwscan.verdict.application"]?.string == "http")
    if interfaces.count > 1 { #expect((ends.first?["icwscan.duplicates"]?.integer ?? 0) > 0) }
    withExtendedLifetime(server) {}
  }

  @Test func `-c ends the capture by itself`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live("--json", "-c", "3")
    try namespace.fetch()
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    let summary = try JSONText.records(outcome.output).last
    #expect(summary?["icwscan.summary.counters.on_port"]?.integer == 3)
    withExtendedLifetime(server) {}
  }

  @Test func `--duration ends the capture by itself, with a summary`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let capture = try namespace.live("--json", "--duration", "2")
    try namespace.fetch()
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let records = try JSONText.records(outcome.output)
    #expect(records.last?.kind == "summary")
    #expect(records.contains { $0["event.action"]?.string == "flow-end" })
    for words in [["0"], ["-1"], ["x"], ["99999999999"]] {
      #expect(try namespace.run([Place.binary, "live", "--duration"] + words).status == 2)
    }
    withExtendedLifetime(server) {}
  }

  @Test func `A filter of the user narrows what is seen`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer("0.0.0.0")
    let capture = try namespace.live("--json", "host", "127.0.0.2")
    try namespace.fetch("127.0.0.1")
    try namespace.fetch("127.0.0.2")
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let flows = try JSONText.records(capture.finish().output).filter { $0.kind == "flow" }
    #expect(!flows.isEmpty)
    #expect(flows.allSatisfy { $0["destination.ip"]?.string == "127.0.0.2" })
    withExtendedLifetime(server) {}
  }

  @Test func `No such interface and a bad filter end with 2 in one line`() throws {
    let namespace = try Namespace()
    let absent = try namespace.run([Place.binary, "live", "-i", "nowhere0"])
    #expect(absent.status == 2)
    #expect(
      absent.errorLines.count == 1 && absent.errors.contains("nowhere0")
        && absent.errors.contains("-D"))
    let filter = try namespace.run([Place.binary, "live", "-i", "lo", "host", "and"])
    #expect(filter.status == 2 && filter.errorLines.count == 1 && filter.output.isEmpty)
  }

  @Test func `The owner report inside says who holds the port, and 1 when nobody does`() throws {
    let namespace = try Namespace()
    #expect(try namespace.run([Place.binary, "owner", "--port", "3698"]).status == 1)
    let server = try namespace.webServer()
    let outcome = try namespace.run([Place.binary, "owner"])
    #expect(outcome.status == 0 && outcome.output.contains("pid \(server.identifier)"))
  }

  @Test func `-D lists the interfaces, -d the programs of one`() throws {
    let namespace = try Namespace()
    let list = try namespace.run([Place.binary, "-D"])
    #expect(list.status == 0 && list.output.contains("lo") && list.output.contains("any"))
    let program = try namespace.run([Place.binary, "live", "-i", "lo", "-d"])
    #expect(program.status == 0 && program.lines.contains { $0.hasPrefix("(000)") })
  }

  @Test func `-s cuts what is written, beside other letters`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live(
      "-s96", "-B", "4096", "-Q", "inout", "-np", "-w", folder("cut.pcap"))
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    let longest = try Command.run([
      "tshark", "-r", folder("cut.pcap"), "-T", "fields", "-e", "frame.cap_len",
    ])
    .lines.compactMap { Int($0) }.max()
    #expect(longest == 96)
    #expect(try namespace.run([Place.binary, "live", "-s", "-1"]).status == 2)
    #expect(try namespace.run([Place.binary, "live", "-Q", "sideways"]).status == 2)
    withExtendedLifetime(server) {}
  }

  @Test func `Tagged frames of a VLAN are of the port, with and without a filter`() throws {
    let (near, far) = try Namespace.pair()
    for filter in [[], ["host", "203.0.113.2"]] {
      let capture = try near.start([Place.binary, "live", "-l", "--json", "-i", "v1"] + filter)
      try capture.wait(for: "capturing on", on: .errors)
      // Both directions come from the other end of the cable, behind one tag and behind two.
      let sent = try far.run(["python3", "-c", Self.taggedFrames])
      #expect(sent.status == 0, "\(sent.errors)")
      try capture.wait(for: "\"flow-start\"")
      capture.send(SIGINT)
      let flows = try JSONText.records(capture.finish().output)
        .filter { $0["event.action"]?.string == "flow-end" }
      #expect(flows.count == 2)
      for flow in flows {
        #expect(flow["icwscan.verdict.application"]?.string == "dns")
        #expect(flow["network.packets"]?.integer == 2)
      }
    }
  }

  /// A DNS query (RFC 1035 section 4) and its answer in frames with one and two VLAN tags (IEEE 802.1Q).
  private static let taggedFrames = """
    import socket, struct
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW); s.bind(("v2", 0))
    def checksum(d): t = sum(struct.unpack(f">{len(d) // 2}H", d)); t = (t & 65535) + (t >> 16); return ~(t + (t >> 16)) & 65535
    def send(tags, source, destination, ports, body):
      head = struct.pack(">BBHHHBBH4s4s", 69, 0, 28 + len(body), 1, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(destination))
      head = head[:10] + struct.pack(">H", checksum(head)) + head[12:]
      s.send(b"\\xff" * 6 + b"\\2\\0\\0\\0\\0\\1" + tags + b"\\x08\\0" + head + struct.pack(">HHHH", *ports, 8 + len(body), 0) + body)
    question = b"\\3www\\7example\\3net\\0\\0\\1\\0\\1"
    query = struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + question
    answer = struct.pack(">6H", 7, 0x8180, 1, 1, 0, 0) + question + b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4\\xc0\\0\\2\\7"
    for tags, port in ((b"\\x81\\0\\0\\7", 40001), (b"\\x88\\xa8\\0\\5\\x81\\0\\0\\7", 40002)):
      send(tags, "203.0.113.1", "203.0.113.2", (port, 3699), query)
      send(tags, "203.0.113.2", "203.0.113.1", (3699, port), answer)
    """

  @Test func `Every fragment of a large datagram is of the port`() throws {
    let (near, far) = try Namespace.pair()
    let capture = try near.live("--json", on: ["v1"])
    try near.run([
      "python3", "-c",
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("198.51.100.1", 40000))
      s.sendto(bytes(4000), ("198.51.100.2", 3699))
      """,
    ])
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let end = try JSONText.records(capture.finish().output)
      .first { $0["event.action"]?.string == "flow-end" }
    #expect(end?["icwscan.client_counters.payload_bytes"]?.integer == 4000)
    withExtendedLifetime(far) {}
  }
}
