import Glibc
import Testing

/// A host that has no room, no files or no facilities left: what can be told is told, and nothing is made up.
@Suite struct HostFaultTests {
  private let http = "captures/http/python.pcap"

  @Test(arguments: [["analyze", "--json", "captures/http"], ["owner"], ["live", "-i", "lo"]])
  func `Without descriptors it says so, for it could tell nothing from what it can't see`(
    _ words: [String]
  ) throws {
    let namespace = try Namespace()
    for limit in [4, 8, 16, 24] {
      let outcome = try namespace.run(
        ["prlimit", "--nofile=\(limit)", Place.binary] + words, seconds: 10)
      // Below some limit the loader itself finds no descriptor for its libraries.
      if outcome.status == 127 { continue }
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(limit): \(outcome.status)")
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains("ulimit -n"))
    }
  }

  @Test func `With as many descriptors as it asks for it gives the right answer`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    for limit in ["64", "24:128"] {
      let analysis = try Command.run([
        "prlimit", "--nofile=\(limit)", Place.binary, "analyze", "--json", http,
      ])
      #expect(
        analysis.output == (try Command.icwscan("analyze", "--json", http).output),
        "\(analysis.errors)")
      let owner = try namespace.run([
        "prlimit", "--nofile=\(limit)", Place.binary, "owner", "--json",
      ])
      let socket = try JSONText.records(owner.output).first { $0["source.ip"] != nil }
      #expect(socket?["process.pid"]?.integer == Int(server.identifier), "\(owner.output)")
    }
  }

  @Test(.unsanitized("a sanitizer reserves terabytes of addresses"))
  func `Without memory it ends with a signal or the right answer`() throws {
    let usual = try Command.icwscan("analyze", "--json", "captures")
    var ends: Set<Int32> = []
    for megabytes in [16, 64, 96, 128, 160, 192, 256, 512, 1_024] {
      let outcome = try Command.run([
        "prlimit", "--core=0", "--as=\(megabytes << 20)", "env", "SWIFT_BACKTRACE=enable=no",
        Place.binary, "analyze", "--json", "captures",
      ])
      ends.insert(outcome.status)
      if outcome.status == usual.status { #expect(outcome.output == usual.output) }
      #expect(outcome.status != 1, "\(megabytes) MiB: \(outcome.errors)")
    }
    #expect(ends.contains(usual.status))
  }

  @Test(.faults) func `Messages that netlink lost are asked for again`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let usual = try namespace.run([Place.binary, "owner", "--json"])
    let variables = FaultShim.variables("overrun:3").map { "\($0)=\($1)" }
    let outcome = try namespace.run(["env"] + variables + [Place.binary, "owner", "--json"])
    // Sockets of other namespaces, which come and go, have no owner that may be seen from here.
    #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
    func own(_ output: String) throws -> Int {
      try JSONText.records(output).filter { $0.kind == "socket" }
        .count { $0["process.pid"]?.integer == Int(server.identifier) }
    }
    #expect(try own(outcome.output) == 1 && own(usual.output) == 1)
  }

  @Test(.faults) func `A watch whose reports are lost sees by its looks what comes and goes`()
    throws
  {
    let namespace = try Namespace()
    let variables = FaultShim.variables("unheard").map { "\($0)=\($1)" }
    let watch = try namespace.start(
      ["env"] + variables + [Place.binary, "owner", "--watch", "--json"])
    try watch.wait(for: "watching port", on: .errors)
    let server = try namespace.webServer()
    try watch.wait(for: "\"pid\":\(server.identifier)", seconds: 40)
    let before = watch.text(.output).count
    server.send(SIGKILL)
    try watch.wait(for: "vanished", behind: before, seconds: 40)
    watch.send(SIGINT)
    let outcome = try watch.finish()
    #expect([0, 1, 3].contains(outcome.status), "\(outcome.errors)")
    #expect(outcome.errors.contains("some of it may be missing"), "\(outcome.errors)")
  }

  @Test(.faults, arguments: ["short", "interrupted"])
  func `Short and interrupted calls hide no owner`(_ fault: String) throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    let variables = FaultShim.variables(fault).map { "\($0)=\($1)" }
    let outcome = try namespace.run(["env"] + variables + [Place.binary, "owner", "--json"])
    let record = try #require(try JSONText.records(outcome.output).first { $0.kind == "socket" })
    #expect(record["process.pid"]?.integer == Int(server.identifier))
    #expect(outcome.status == 0)
    withExtendedLifetime(server) {}
  }

  @Test(.mounts) func `Without tracefs a live capture still names the server`() throws {
    let namespace = try Namespace(isOwnUser: false)
    let server = try namespace.webServer()
    let capture = try namespace.start([
      "unshare", "-m", "bash", "-c",
      """
      for folder in /sys/kernel/tracing /sys/kernel/debug; do mount -t tmpfs none $folder; done
      exec \(Place.binary) live --json -l -i lo
      """,
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try namespace.fetch()
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let flow = try #require(try JSONText.records(outcome.output).first { $0.kind == "flow" })
    #expect(
      flow["icwscan.server_process.pid"]?.integer == Int(server.identifier), "\(outcome.output)")
    withExtendedLifetime(server) {}
  }

  @Test(.faults) func `A wall clock that is set back delays no verdict`() throws {
    let namespace = try Namespace()
    let server = try namespace.start([
      "python3", "-u", "-c",
      "import socket; s = socket.create_server(('127.0.0.1', 3699)); print('up')\nwhile True: s.accept()",
    ])
    try server.wait(for: "up")
    let variables = FaultShim.variables("clock:3").map { "\($0)=\($1)" }
    let capture = try namespace.start(
      ["env"] + variables + [Place.binary, "live", "--json", "-l", "-i", "lo"])
    try capture.wait(for: "capturing on", on: .errors)
    // The last of these connections, in which nobody speaks, is told when the clock has been set back.
    try namespace.run([
      "python3", "-c",
      """
      import socket, time
      for _ in range(25):
        socket.create_connection(("127.0.0.1", 3699)).close()
        time.sleep(0.1)
      """,
    ])
    let told = {
      capture.text(.output).split(separator: "\n").count { $0.contains("\"flow-start\"") }
    }
    while told() < 25 {
      let before = capture.text(.output).count
      try capture.wait(for: "\n", behind: before, seconds: 15)
    }
    capture.send(SIGINT)
    #expect(try capture.finish(seconds: 15).status == 0)
    withExtendedLifetime(server) {}
  }

  @Test func `A terminal that is closed ends a live capture, and what it wrote is whole`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let script = """
      import os, pty, socket, sys
      child, terminal = pty.fork()
      if child == 0:
        os.execv(sys.argv[1], [sys.argv[1], "live", "--packets", "-i", "lo", "-w", sys.argv[2]])
      seen = b""
      def wait(text):
        global seen
        while text not in seen: seen += os.read(terminal, 65536)
      wait(b"capturing on")
      sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      receiver.bind(("127.0.0.1", 3699))
      for number in range(40):
        sender.sendto(b"number %d." % number, ("127.0.0.1", 3699)); receiver.recv(99)
      while seen.count(b".3699: UDP") < 40: seen += os.read(terminal, 65536)
      os.close(terminal)
      print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """
    let outcome = try namespace.run(
      ["python3", "-c", script, Place.binary, folder("out.pcapng")], seconds: 30)
    #expect(outcome.status == 0 && outcome.lines.last == "4", "\(outcome.output) \(outcome.errors)")
    let read = try Command.icwscan("analyze", "--json", "--packets", folder("out.pcapng"))
    let packets = try JSONText.records(read.output).filter { $0.kind == "packet" }
    #expect(packets.count == 40)
  }

  @Test func `A reader that leaves costs the written capture nothing`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let capture = try namespace.start([
      "bash", "-c",
      "\(Place.binary) live -l --packets -i lo -w \(folder("out.pcapng")) | grep -m 1 -F '.3699: UDP, length 7'",
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try namespace.run([
      "python3", "-c",
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      for length in (5, 6, 7): s.sendto(b"x" * length, ("127.0.0.1", 3699))
      """,
    ])
    // A write is how it sees that the reader has gone.
    let sender = try namespace.start([
      "python3", "-c",
      """
      import socket, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      while True:
        s.sendto(b"x" * 8, ("127.0.0.1", 3699))
        time.sleep(0.01)
      """,
    ])
    let outcome = try capture.finish(seconds: 20)
    withExtendedLifetime(sender) {}
    #expect(outcome.output.contains("length 7"), "\(outcome.errors)")
    let read = try Command.icwscan("analyze", "--json", "--packets", folder("out.pcapng"))
    let packets = try JSONText.records(read.output).filter { $0.kind == "packet" }
    #expect(packets.count >= 3, "\(read.output) \(read.errors)")
  }

  @Test func `A SIGHUP without a moved file empties nothing`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live("-w", folder("live.pcapng"))
    try namespace.fetch()
    try capture.wait(for: "it is HTTP")
    capture.send(SIGHUP)
    capture.send(SIGUSR1)
    try capture.wait(for: "of the port", on: .errors)
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    let read = try Command.icwscan("analyze", "--json", folder("live.pcapng"))
    #expect(read.status == 0 && read.output.contains("\"http\""), "\(read.errors)")
    withExtendedLifetime(server) {}
  }

  @Test func `A hundred runs at once give what one gives`() throws {
    let folder = try TemporaryFolder()
    let usual = try Command.icwscan("analyze", "--json", http)
    let outcome = try Command.shell(
      """
      for number in $(seq 100); do $ICWSCAN analyze --json \(http) > \(folder.path)/$number & done; wait
      for number in $(seq 100); do md5sum < \(folder.path)/$number; done | sort | uniq -c
      """)
    #expect(outcome.status == 0 && outcome.lines.count == 1, "\(outcome.output)")
    #expect(outcome.output.contains("    100 "))
    #expect(Place.text(folder("1")) == usual.output)
  }
}
