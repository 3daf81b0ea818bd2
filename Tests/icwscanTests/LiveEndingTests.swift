import Glibc
import Testing

/// How a live capture ends, and what does not end it.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("ip"),
    "network namespaces (unshare -rn), python3 and ip are needed; one of them is not to be had here"
  ))
struct LiveEndingTests {
  /// Sends `count` datagrams to the port.
  private static func send(_ count: Int, in namespace: Namespace) throws {
    let outcome = try namespace.run([
      "python3", "-c",
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      for _ in range(\(count)): s.sendto(b"x" * 1000, ("127.0.0.1", 3699))
      """,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func `A closed pipe ends it quietly with 0`() throws {
    let namespace = try Namespace()
    let capture = try namespace.start([
      "bash", "-c",
      "set -o pipefail; \(Place.binary) live -l --packets -ilo | grep -m 1 -F '.3699: UDP'",
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try Self.send(20, in: namespace)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(".3699: UDP"))
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
  }

  @Test func `Ctrl-C ends it within a second, even when nobody takes its output`() throws {
    let namespace = try Namespace()
    // A reader that holds the pipe open and never reads.
    let capture = try namespace.start([
      "bash", "-c",
      "\(Place.binary) live -l -XX -ilo > >(exec sleep 30 >/dev/null 2>&1) & echo $!; wait $!",
    ])
    let number = try #require(Int32(capture.wait(for: "\n").prefix { $0.isNumber }))
    try capture.wait(for: "capturing on", on: .errors)
    // Far more than a pipe holds.
    try Self.send(500, in: namespace)
    let begun = Program.now
    kill(number, SIGINT)
    let outcome = try capture.finish(seconds: 20)
    #expect(Program.now - begun < 3)
    #expect(outcome.status == 4 && outcome.errors.contains("standard output"), "\(outcome.errors)")
  }

  /// A capture that writes packets to a pipe, more than the pipe holds and less than the buffer before it; `body` ends it.
  private func unreadPipe(_ body: (Program) throws -> Void) throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder("pipe.pcapng"), 0o600) == 0)
    let reader = unsafe open(folder("pipe.pcapng"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    let capture = try namespace.live("--json", "-w", folder("pipe.pcapng"))
    try Self.send(100, in: namespace)
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    try body(capture)
  }

  @Test func `Ctrl-C ends it when nobody reads the pipe that it writes packets to`() throws {
    try unreadPipe { capture in
      let begun = Program.now
      let outcome = try capture.finish(seconds: 20)
      #expect(Program.now - begun < 3)
      #expect(outcome.status == 4 && outcome.errors.contains("pipe.pcapng"), "\(outcome.errors)")
      #expect(try JSONText.records(outcome.output).last?.kind == "summary")
    }
  }

  @Test func `Signals that come together are one request, as those of timeout are`() throws {
    let namespace = try Namespace()
    for delay in [useconds_t(0), 1_000, 5_000, 20_000] {
      let capture = try namespace.live("--json")
      try capture.wait(for: "capturing on", on: .errors)
      capture.send(SIGINT)
      usleep(delay)
      capture.send(SIGINT)
      let outcome = try capture.finish()
      #expect(outcome.status == 0, "\(delay)")
      #expect(try JSONText.records(outcome.output).last?.kind == "summary", "\(delay)")
    }
  }

  @Test func `A second Ctrl-C leaves at once`() throws {
    // The first one waits for the reader only a short while: a busy machine may be late once.
    var statuses: [Int32] = []
    for _ in 0..<3 {
      try unreadPipe { capture in
        // The file is what comes behind the last record.
        try capture.wait(for: "\"flow-end\"")
        usleep(150_000)
        capture.send(SIGINT)
        statuses.append(try capture.finish(seconds: 10).status)
      }
    }
    #expect(statuses.contains(128 + SIGINT), "\(statuses)")
  }

  @Test func `A device that goes down is told, and the capture goes on when it is up again`() throws
  {
    let (near, far) = try Namespace.pair()
    let capture = try near.live("--packets", on: ["v1"])
    try near.run(["ip", "link", "set", "v1", "down"])
    try capture.wait(for: "v1 is down", on: .errors)
    try near.run(["ip", "link", "set", "v1", "up"])
    try capture.wait(for: "v1 is up again", on: .errors)
    #expect(
      try far.run([
        "python3", "-c",
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        s.sendto(b"back", ("198.51.100.255", 3699))
        """,
      ]).status == 0)
    try capture.wait(for: ".3699: UDP, length 4")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
  }

  /// Sends a datagram from the far end of a pair to everybody on it.
  private static func broadcast(_ text: String, from far: Namespace) throws {
    let outcome = try far.run([
      "python3", "-c",
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
      s.sendto(b"\(text)", ("198.51.100.255", 3699))
      """,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func `A device that is deleted is told, and captured again when one of its name is there`()
    throws
  {
    let (near, far) = try Namespace.pair()
    let capture = try near.live("--packets", on: ["lo", "v1"])
    for round in ["a", "bc"] {
      let before = capture.text(.errors).count
      try near.run(["ip", "link", "del", "v1"])
      try capture.wait(for: "v1 is gone", on: .errors, behind: before)
      // The others go on meanwhile.
      try Self.send(1, in: near)
      try near.connect(to: far)
      try capture.wait(for: "v1 is back", on: .errors, behind: before)
      try Self.broadcast(round, from: far)
      try capture.wait(for: ".3699: UDP, length \(round.utf8.count)\n")
    }
    let link = try near.run(["ip", "-d", "link", "show", "dev", "v1"])
    #expect(link.output.contains("promiscuity 1 "), "\(link.output)")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func `A device that comes back with another link type is captured all the same`() throws {
    let (near, far) = try Namespace.pair()
    let folder = try TemporaryFolder()
    let capture = try near.live("-w", folder("both.pcapng"), "--packets", "udp", on: ["lo", "v1"])
    try near.run(["ip", "link", "del", "v1"])
    try capture.wait(for: "v1 is gone", on: .errors)
    // A tunnel has no Ethernet header: this is a whole packet, sent until somebody has seen it.
    let tunnel = try near.start([
      "python3", "-c",
      """
      import fcntl, os, struct, subprocess, time
      tunnel = os.open("/dev/net/tun", os.O_RDWR)
      fcntl.ioctl(tunnel, 0x400454CA, struct.pack("16sH", b"v1", 0x1001))
      subprocess.check_call(["ip", "link", "set", "v1", "up"])
      header = bytes([0x45, 0, 0, 33, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2])
      datagram = struct.pack("!HHHH", 40000, 3699, 13, 0) + b"hello"
      while True:
          os.write(tunnel, header + datagram)
          time.sleep(0.1)
      """,
    ])
    try capture.wait(for: "v1 is back, with another link type", on: .errors)
    try capture.wait(for: "192.0.2.2.3699: UDP, length 5\n")
    let before = capture.text(.errors).count
    tunnel.send(SIGKILL)
    try capture.wait(for: "v1 is gone", on: .errors, behind: before)
    try near.connect(to: far)
    try capture.wait(for: "v1 is back, with another link type", on: .errors, behind: before)
    try Self.broadcast("again", from: far)
    try capture.wait(for: "198.51.100.255.3699: UDP, length 5\n")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    let written = try Command.icwscan("analyze", "--json", folder("both.pcapng"))
    let flows = try JSONText.records(written.output).filter { $0.kind == "flow" }
    #expect(flows.compactMap { $0["source.ip"]?.string }.sorted() == ["192.0.2.1", "198.51.100.2"])
  }

  @Test func `A device that comes back as a kind that can't be read is told, and not misread`()
    throws
  {
    let (near, far) = try Namespace.pair()
    // A filter for what the other kind of device does not have.
    let capture = try near.live(
      "--packets", "ether", "host", "02:00:00:00:00:01", on: ["lo", "v1"])
    try near.run(["ip", "link", "del", "v1"])
    try capture.wait(for: "v1 is gone", on: .errors)
    let made = try near.run(["ip", "tuntap", "add", "dev", "v1", "mode", "tun"])
    try #require(made.status == 0, "\(made.errors)")
    try capture.wait(for: "v1 has another link type", on: .errors)
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    withExtendedLifetime(far) {}
  }
}
