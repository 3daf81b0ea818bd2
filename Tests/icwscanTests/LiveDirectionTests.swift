import Glibc
import Testing

/// A live capture that begins behind a question: who is the client is seen from the answer.
@Suite(
  .enabled(if: Namespace.isPermitted && Place.has("python3"), "no user namespaces or no python3"))
struct LiveDirectionTests {
  /// Holds one UDP port and sends one datagram from it, then waits.
  private static func end(_ port: Int, sends: String) -> [String] {
    [
      "python3", "-uc",
      """
      import socket, sys, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.bind(("127.0.0.1", \(port)))
      print("ready")
      \(sends)
      time.sleep(60)
      """,
    ]
  }

  @Test
  func `The process that answers is the server's, though its datagram is the first one captured`()
    throws
  {
    let namespace = try Namespace()
    let client = try namespace.start(Self.end(40_123, sends: ""))
    try client.wait(for: "ready")
    let capture = try namespace.live("--json", on: ["lo"])
    let answer = """
      s.sendto(bytes.fromhex("240203e90000010000000100" "0a000001" "e8a1b2c312345678" "e8a1b2c312345678" \
      "e8a1b2c412345678" "e8a1b2c412345999"), ("127.0.0.1", 40123))
      """
    let server = try namespace.start(Self.end(3_699, sends: answer))
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let records = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    #expect(Set(records.compactMap { $0["event.action"]?.string }) == ["flow-start", "flow-end"])
    for flow in records {
      #expect(flow["icwscan.verdict.application"] == .string("ntp"))
      #expect(flow["icwscan.client_ground"] == .string("protocol-direction"))
      #expect(
        flow["source.port"] == .integer(40_123) && flow["destination.port"] == .integer(3_699))
      #expect(flow["icwscan.server_process.pid"] == .integer(Int(server.identifier)))
      #expect(flow["icwscan.client_process.pid"] == .integer(Int(client.identifier)))
    }
  }

  /// A server that says something unknown again and again to a client that is connected.
  private static let connected = """
    import socket, time
    listener = socket.create_server(("127.0.0.1", 3699))
    client = socket.create_connection(("127.0.0.1", 3699))
    server, _ = listener.accept()
    print("ready", flush=True)
    while True:
      time.sleep(0.3)
      server.sendall(bytes.fromhex("93a1f702"))
    """

  @Test
  func `A connection that was there before the capture has the listener's end as its server`()
    throws
  {
    let namespace = try Namespace()
    let ends = try namespace.start(["python3", "-uc", Self.connected])
    try ends.wait(for: "ready")
    let capture = try namespace.live("--json", on: ["lo"])
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let records = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    #expect(records.count == 2)
    for flow in records {
      #expect(flow["icwscan.client_ground"] == .string("listener"))
      #expect(flow["icwscan.port_role"] == .string("server"))
      #expect(flow["destination.port"] == .integer(3_699))
      // What the server said is the server's, and nobody asked for it.
      #expect(try #require(flow["icwscan.server_counters.payload_bytes"]?.integer) >= 4)
      #expect(flow["icwscan.client_counters.payload_bytes"] == .integer(0))
    }
  }

  @Test func `Who took a connection is not guessed where a process and its children could`() throws
  {
    let namespace = try Namespace()
    let server = try namespace.start([
      "python3", "-uc",
      """
      import os, socket, time
      listener = socket.create_server(("127.0.0.1", 3699))
      for _ in range(2):
        if os.fork() == 0: time.sleep(60); os._exit(0)
      print("ready", flush=True); time.sleep(60)
      """,
    ])
    try server.wait(for: "ready")
    let capture = try namespace.live("--json", on: ["lo"])
    _ = try namespace.run([
      "python3", "-c",
      "import socket; socket.create_connection(('127.0.0.1', 3699)).sendall(b'HELO x\\r\\n')",
    ])
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let records = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    for flow in records {
      #expect(flow["icwscan.server_process.pid"] == .integer(Int(server.identifier)))
      #expect(flow["icwscan.server_process.or_child"] == .boolean(true))
      #expect(flow["icwscan.server_attribution"] == .string("listener"))
    }
  }

  @Test func `Of two processes that listen alike each has the connections that it took`() throws {
    let namespace = try Namespace()
    // Two strangers to each other with one port; each takes what it gets a second later.
    let script = """
      import socket, time
      s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
      s.bind(("127.0.0.1", 3699)); s.listen(9); print("ready", flush=True)
      time.sleep(2)
      taken = [s.accept()[0] for _ in [0] if s]
      s.settimeout(1)
      while True:
        try: taken.append(s.accept()[0])
        except OSError: break
      for one in taken: one.sendall(b"hello")
      time.sleep(60)
      """
    let servers = try (0..<2).map { _ in try namespace.start(["python3", "-uc", script]) }
    for server in servers { try server.wait(for: "ready") }
    let capture = try namespace.live("--json", on: ["lo"])
    let clients = """
      import socket, time
      all = [socket.create_connection(("127.0.0.1", 3699)) for _ in range(16)]
      for one in all: one.sendall(b"x")
      time.sleep(6)
      """
    _ = try namespace.run(["python3", "-c", clients])
    capture.send(SIGINT)
    let flows = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    let begun = flows.filter { $0["event.action"] == .string("flow-start") }
    #expect(begun.count == 16)
    for flow in begun where flow["icwscan.server_attribution"] != .string("exact") {
      #expect(flow["icwscan.server_process.pid"] == nil)
      #expect(flow["icwscan.missing_owner"] == .string("several-holders"))
    }
    let ended = flows.filter { $0["event.action"] == .string("flow-end") }
    let pids = Set(servers.map { Int($0.identifier) })
    for flow in ended {
      guard let pid = flow["icwscan.server_process.pid"]?.integer else { continue }
      #expect(pids.contains(pid) && flow["icwscan.server_attribution"] == .string("exact"))
    }
    #expect(ended.contains { $0["icwscan.server_process.pid"] != nil })
  }

  @Test func `A call out from the port that its process listens on is no call to it`() throws {
    let namespace = try Namespace()
    let script = """
      import socket, time
      def end(port):
        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        s.bind(("127.0.0.1", port)); return s
      web = end(8080); web.listen(5)
      own = end(3699); own.listen(5)
      out = end(3699); out.connect(("127.0.0.1", 8080)); there, _ = web.accept()
      print("ready", flush=True)
      while True:
        time.sleep(0.3)
        out.sendall(b"GET / HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n"); there.recv(999)
        there.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"); out.recv(999)
      """
    let ends = try namespace.start(["python3", "-uc", script])
    try ends.wait(for: "ready")
    let capture = try namespace.live("--json", on: ["lo"])
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let flows = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    for flow in flows {
      #expect(flow["icwscan.verdict.class"] == .string("port-coincidence"))
      #expect(flow["destination.port"] == .integer(8_080))
    }
    withExtendedLifetime(ends) {}
  }
}
