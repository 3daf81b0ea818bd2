import Glibc
import Testing

/// What is told of a socket and of a process beside who holds what: each value is one that the test set itself.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct AttributeTests {
  @Test func `A connection has the numbers that were given to it`() throws {
    let stage = try Stage(
      """
      s = listener()
      c = socket.socket()
      c.setsockopt(SOL_SOCKET, 36, 77)
      c.setsockopt(SOL_SOCKET, 25, b"lo")
      c.setsockopt(6, 13, b"reno")
      c.setsockopt(SOL_SOCKET, socket.SO_KEEPALIVE, 1)
      os.seteuid(0); c.connect(("127.0.0.1", PORT)); a, _ = s.accept()
      c.sendall(bytes(1000))
      while True:
        waiting = struct.pack("i", 0)
        if struct.unpack("i", fcntl.ioctl(a, 0x541B, waiting))[0] == 1000: break
        time.sleep(0.001)
      os.seteuid(65534); u = socket.socket(AF_INET, SOCK_DGRAM); u.bind(("127.0.0.1", PORT)); os.seteuid(0)
      cookie = lambda s: struct.unpack("Q", s.getsockopt(SOL_SOCKET, 57, 8))[0]
      ready(own(s, c, a, u), client=number(c), server=number(a), datagrams=number(u),
        cookies=[cookie(c), cookie(a)], local=c.getsockname()[1])
      """)
    let records = try stage.sockets()
    func socket(_ name: String) throws -> JSONText {
      let record = records.first {
        $0["icwscan.socket.inode"]?.integer == stage.facts[name]?.integer
      }
      return try #require(record?["icwscan.socket"])
    }
    let client = try socket("client")
    #expect(client["state"]?.string == "ESTAB" && client["mark"]?.integer == 77)
    #expect(client["congestion"]?.string == "reno")
    #expect(client["bound_interface_name"]?.string == "lo")
    #expect(client["timer.kind"]?.string == "keepalive")
    #expect((1...7_200_000).contains(client["timer.milliseconds"]?.integer ?? 0))
    // The SYN counts as one byte.
    #expect(client["bytes_acknowledged"]?.integer == 1001)
    #expect(client["send_queue"]?.integer == 0 && client["user"]?.string == "0")
    #expect((1...5_000_000).contains(client["round_trip_microseconds"]?.integer ?? 0))
    #expect(client["last_sent_milliseconds"]?.integer != nil)
    #expect(client["cookie"]?.integer == stage.facts["cookies"]?.list.first?.integer)
    let server = try socket("server")
    #expect(server["receive_queue"]?.integer == 1000 && server["bytes_received"]?.integer == 1000)
    #expect(server["cookie"]?.integer == stage.facts["cookies"]?.list.last?.integer)
    #expect(server["bound_interface_name"] == nil && server["timer"] == nil)
    #expect(try socket("datagrams")["user"]?.string == "65534")
    // ss tells the same in its own words.
    let ss = try stage.run(["ss", "-HOaneiom", "sport = :\(stage.facts["local"]?.integer ?? 0)"])
    for word in ["fwmark:0x4d", " reno ", "bytes_acked:1001", "timer:(keepalive", "%lo:"] {
      #expect(ss.output.contains(word), "\(word) in \(ss.output)")
    }
    let text = try stage.run([Place.binary, "owner", "--explain"]).output
    for word in ["fwmark:0x4d", " reno ", "bytes_acked:1001", "timer:(keepalive,", "dev:lo"] {
      #expect(text.contains(word))
    }
  }

  /// The provenance of the child that a script makes and names `pid`.
  private func provenance(_ script: String) throws -> (holder: JSONText, stage: Stage) {
    let stage = try Stage(script)
    let holders = try stage.sockets().flatMap { $0["icwscan.holders"]?.list ?? [] }
    let pid = stage.facts["pid"]?.integer
    return (try #require(holders.first { $0["process.pid"]?.integer == pid }), stage)
  }

  @Test func `Root, working directory, rights and seccomp of a process are told`() throws {
    let folder = try TemporaryFolder()
    let (holder, _) = try provenance(
      """
      s = listener()
      os.makedirs('\(folder.path)/jail/work/inner')
      def work():
        os.chroot('\(folder.path)/jail'); os.chdir('/work/inner')
        os.setgid(65534); os.setuid(65534)
        libc.prctl(38, 1, 0, 0, 0)
        code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7fff0000))
        program = ctypes.create_string_buffer(struct.pack("H6xQ", 1, ctypes.addressof(code)))
        libc.prctl(22, 2, ctypes.c_void_p(ctypes.addressof(program)), 0, 0)
      pid, _ = child(work)
      ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, pid=pid)
      """)
    #expect(holder["provenance.root"]?.string == folder.path + "/jail")
    #expect(holder["process.working_directory"]?.string == folder.path + "/jail/work/inner")
    #expect(holder["provenance.capabilities"]?.string == "0x0")
    #expect(holder["provenance.seccomp"]?.string == "filter")
    #expect(holder["provenance.no_new_privileges"] == .boolean(true))
    #expect(holder["process.user.id"]?.string == "65534" && holder["inherited"] == .boolean(true))
  }

  @Test func `The terminal that a process was started from is told`() throws {
    let (holder, stage) = try provenance(
      """
      s = listener(); master, slave = os.openpty(); name = os.ttyname(slave)
      def work():
        os.setsid(); fcntl.ioctl(slave, 0x540E, 0)
      pid, _ = child(work)
      ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, pid=pid, name=name)
      """)
    let name = stage.facts["name"]?.string
    #expect(holder["provenance.terminal"]?.string == name)
    #expect(holder["provenance.origin.kind"]?.string == "terminal")
    #expect(holder["provenance.origin.name"]?.string == name)
  }

  @Test func `A stopped process is told, and that nobody answers at what it alone holds`() throws {
    let (holder, stage) = try provenance(
      """
      s = listener()
      pid, _ = child(lambda: None)
      inode = number(s); descriptor = s.fileno()
      os.kill(pid, signal.SIGSTOP); os.waitpid(pid, os.WUNTRACED)
      s.close()
      ready({inode: {pid: [descriptor]}}, pid=pid)
      """)
    #expect(holder["provenance.stopped"] == .boolean(true))
    let text = try stage.run([Place.binary, "owner"]).output.replacing("\n", with: " ")
    let pid = stage.facts["pid"]?.integer ?? 0
    #expect(text.contains(", which is stopped"), "\(text)")
    #expect(
      text.contains("; nobody answers: its program is stopped (kill -CONT \(pid))"), "\(text)")
    #expect(text.contains("stopped by a signal: it does nothing until it goes on"))
  }

  @Test func `Addresses on which nobody listens are told where somebody does on single others`()
    throws
  {
    func unserved(_ addresses: String...) throws -> (list: [String], text: String) {
      let listeners = addresses.map { "listener('\($0)')" }.joined(separator: ", ")
      let stage = try Stage(
        """
        os.system("ip addr add 192.0.2.1/24 dev lo; ip addr add 192.0.2.2/24 dev lo")
        s = [\(listeners)]
        ready()
        """)
      let host = try JSONText.records(try stage.run([Place.binary, "owner", "--json"]).output)
        .last?["icwscan.summary.host"]
      let text = try stage.run([Place.binary, "owner"]).output
      return ((host?["unserved"]?.list ?? []).compactMap(\.string), text)
    }
    let some = try unserved("192.0.2.1")
    #expect(some.list.filter { !$0.contains(":") } == ["127.0.0.1", "192.0.2.2"])
    #expect(some.text.contains("nobody listens for TCP on this host's 127.0.0.1, 192.0.2.2"))
    #expect(
      try unserved("192.0.2.2", "192.0.2.1", "127.0.0.1").list.allSatisfy { $0.contains(":") })
    for all in ["0.0.0.0", "127.0.0.1"] {
      let none = try unserved(all)
      #expect(none.list == [] && !none.text.contains("nobody listens"))
    }
  }

  @Test(.enabled(if: Place.isFile("/usr/bin/perl"), "needs perl"))
  func `A script of an interpreter under another name is told, with the interpreter`() throws {
    let folder = try TemporaryFolder()
    _ = folder.file("serve.pl", Array("sleep 60;".utf8))
    let (holder, stage) = try provenance(
      """
      import shutil, subprocess
      shutil.copy('/usr/bin/perl', '\(folder.path)/meterd')
      s = listener()
      program = subprocess.Popen(
        ['\(folder.path)/meterd', '-w', 'serve.pl'], cwd='\(folder.path)', pass_fds=[s.fileno()])
      ready({number(s): {me: [s.fileno()], program.pid: [s.fileno()]}}, pid=program.pid)
      """)
    #expect(holder["provenance.script.name"]?.string == "serve.pl")
    #expect(holder["provenance.script.interpreter"]?.string == "perl")
    let text = try stage.run([Place.binary, "owner"]).output
    #expect(text.contains("script serve.pl (its file holds the interpreter perl)"), "\(text)")
    _ = try stage.run(["kill", "\(stage.facts["pid"]?.integer ?? 0)"])
  }

  @Test func `The number in its own PID namespace and the user who logged in are told`() throws {
    let (holder, stage) = try provenance(
      """
      s = listener()
      libc.unshare(0x20000000)
      def work():
        try:
          with open("/proc/self/loginuid", "w") as f: f.write("4242")
          return True
        except OSError: return False
      reading, writing = os.pipe()
      pid = os.fork()
      if pid == 0:
        libc.prctl(1, signal.SIGKILL); os.write(writing, json.dumps(work()).encode())
        while True: signal.pause()
      ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, pid=pid, logged=json.loads(os.read(reading, 16)))
      """)
    #expect(holder["provenance.namespace_pid"]?.integer == 1)
    if stage.facts["logged"] == .boolean(true) {
      #expect(holder["provenance.login_user.id"]?.string == "4242")
    } else {
      print("skipped: the kernel lets nobody set who logged in")
      #expect(holder["provenance.login_user"] == nil)
    }
  }

  @Test func `A dual-stack, an IPv6-only and a mapped listener are told apart`() throws {
    for (address, only, words) in [
      ("::", 0, "every address, IPv6 and IPv4 (dual stack)"),
      ("::", 1, "every IPv6 address, not IPv4"),
      ("::ffff:0.0.0.0", 0, "every IPv4 address (through an IPv6 socket)"),
      ("::ffff:127.0.0.1", 0, "loopback only (through an IPv6 socket)"),
      ("::1", 1, "loopback only"),
    ] {
      let stage = try Stage(
        "s = listener('\(address)', AF_INET6, options=[(41, 26, \(only))]); ready(own(s))")
      let text = try stage.run([Place.binary, "owner"])
      #expect(
        text.lines.contains { $0.contains(" is bound to \(words); local firewall: no rules") },
        "\(address)")
    }
  }
}
