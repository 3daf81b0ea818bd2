import Glibc
import Testing

/// What is seen from other places: other namespaces, other users, a /proc that hides.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct OwnerViewTests {
  private static let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

  private static let three = """
    import subprocess
    inside = []
    s = listener()
    for _ in range(2):
      def work():
        libc.unshare(0x40000000)
        with socket.socket(AF_INET, SOCK_DGRAM) as u: fcntl.ioctl(u, 0x8914, struct.pack("16sh14x", b"lo", 0x41))
        s.close()
        global t
        t = listener(); return [number(t), t.fileno(), int(os.readlink("/proc/self/ns/net")[5:-1])]
      pid, told = child(work); inside.append([pid] + told)
    ready(own(s), inside=inside)
    """

  @Test func `A listener in three namespaces is three sockets, each with its namespace`() throws {
    let stage = try Stage(Self.three)
    let records = try stage.sockets(everywhere: true)
    for entry in stage.facts["inside"]?.list ?? [] {
      let record = try #require(
        records.first { $0["icwscan.socket.inode"]?.integer == entry.list[1].integer })
      #expect(record["icwscan.namespace.inode"]?.integer == entry.list[3].integer)
      #expect(record["icwscan.namespace.own"] == .boolean(false))
      #expect(
        record["icwscan.holders"]?.list.map { $0["process.pid"]?.integer } == [
          entry.list[0].integer
        ])
    }
    #expect(Stage.holders(records).keys.count == 1 && stage.facts["inside"]?.list.count == 2)
    let text = try stage.run([Place.binary, "owner"]).output
    let pid = stage.facts["inside"]?.list.first?.list.first?.integer ?? 0
    #expect(text.contains("the network namespace of ") && text.contains("(pid \(pid))"))
  }

  @Test func `Namespaces without a process, with a name, and with members elsewhere are each told`()
    throws
  {
    let folder = try TemporaryFolder()
    let name = "icwscan-test-\(getpid())"
    let stage = try Stage(
      """
      import subprocess
      def away(enter):
        enter()
        with socket.socket(AF_INET, SOCK_DGRAM) as u: fcntl.ioctl(u, 0x8914, struct.pack("16sh14x", b"lo", 0x41))
        return listener()
      home = os.open("/proc/self/ns/net", os.O_RDONLY)
      # One that only a mount keeps: its listener is held by a process outside.
      open("\(folder.path)/kept", "w").close()
      a = away(lambda: libc.unshare(0x40000000))
      if libc.mount(b"/proc/self/ns/net", b"\(folder.path)/kept", None, 4096, None) != 0: ready(skip="no mount")
      libc.setns(home, 0)
      # One that ip-netns(8) named.
      subprocess.run(["ip", "netns", "add", "\(name)"], check=True)
      def named():
        there = os.open("/run/netns/\(name)", os.O_RDONLY); libc.setns(there, 0); os.close(there)
      b = away(named); libc.setns(home, 0)
      # One whose only member is in another PID namespace.
      reading, writing = os.pipe(); middle = os.fork()
      if middle == 0:
        libc.prctl(1, signal.SIGKILL); libc.unshare(0x20000000)
        if os.fork() == 0:
          libc.prctl(1, signal.SIGKILL); a.close(); b.close()
          c = away(lambda: libc.unshare(0x40000000)); os.write(writing, json.dumps(number(c)).encode()); signal.pause()
        a.close(); b.close(); signal.pause()
      inner = json.loads(os.read(reading, 99))
      pid = int(open(f"/proc/{middle}/task/{middle}/children").read().split()[0])
      ready({}, inodes=[number(a), number(b), inner], pid=pid)
      """)
    defer {
      _ = try? Command.run(["umount", folder("kept")])
      _ = try? Command.run(["ip", "netns", "del", name])
    }
    if let reason = stage.facts["skip"]?.string {
      print("skipped: namespaces without a process: \(reason)")
      return
    }
    let inodes = stage.facts["inodes"]?.list.compactMap(\.integer) ?? []
    let pid = try #require(stage.facts["pid"]?.integer)
    let records = try stage.sockets(everywhere: true)
    let found = try inodes.map { inode in
      let all = records.filter { $0["icwscan.socket.inode"]?.integer == inode }
      #expect(all.count == 1)
      return try #require(all.first)
    }
    #expect(found.count == 3)
    #expect(found[0]["icwscan.namespace.name"]?.string == folder("kept"))
    #expect(found[1]["icwscan.namespace.name"]?.string == name)
    #expect(found[2]["icwscan.namespace.member_pid"]?.integer == pid)
    let maker = Int(stage.maker.identifier)
    for (record, holder) in zip(found, [maker, maker, pid]) {
      #expect(record["icwscan.holders"]?.list.map { $0["process.pid"]?.integer } == [holder])
      #expect(record["icwscan.namespace.own"] == .boolean(false))
    }
    let text = try stage.run([Place.binary, "owner"]).output
    #expect(text.contains("inside network namespace \(folder("kept"))"))
    #expect(text.contains("inside network namespace \(name)"))
    #expect(text.contains("inside the network namespace of python3 (pid \(pid))"))
  }

  @Test
  func `Without root the other namespaces show through one member, and who holds is not guessed`()
    throws
  {
    let folder = try TemporaryFolder()
    let binary = try Stage.sharedBinary(in: folder)
    let stage = try Stage(Self.three)
    let outcome = try stage.run(Self.nobody + [binary, "owner", "--json"])
    #expect(outcome.status == 3, "\(outcome.errors)")
    let sockets = try JSONText.records(outcome.output).filter { $0.kind == "socket" }
    // Other tests have sockets in namespaces of theirs at the same time.
    let inside = (stage.facts["inside"]?.list ?? []).compactMap { $0.list[1].integer }
    let ours = sockets.filter { socket in
      Stage.isHere(socket) || inside.contains { $0 == socket["icwscan.socket.inode"]?.integer }
    }
    #expect(ours.count == 3)
    #expect(
      ours.allSatisfy {
        $0["icwscan.holders"]?.list.isEmpty == true
          && $0["icwscan.missing_owner"]?.string == "permission-denied"
      })
    let text = try stage.run(Self.nobody + [binary, "owner"]).output
    #expect(text.contains("try: sudo icwscan owner"))
    // What this way of reading lacks is said once, and how many namespaces it concerns.
    let note = "could be read through /proc alone, which tells nothing of Multipath TCP"
    #expect(text.occurrences(of: note) == 1)
    let host = try JSONText.records(outcome.output).last?["icwscan.summary.host"]
    #expect((host?["namespaces_read_as_text"]?.integer ?? 0) >= 2)
    let asRoot = try stage.run([binary, "owner"]).output
    #expect(asRoot.occurrences(of: note) == 0)
  }

  @Test func `A socket of UDP-Lite is shown as one, beside one of UDP with the same port`() throws {
    let stage = try Stage(
      """
      u = datagrams()
      try: s = socket.socket(AF_INET, SOCK_DGRAM, 136)
      except OSError: ready(skip="no UDP-Lite")
      s.bind(("127.0.0.1", PORT)); ready(own(u, s))
      """)
    if let reason = stage.facts["skip"]?.string {
      print("skipped: \(reason)")
      return
    }
    let records = try stage.sockets()
    #expect(records.map { $0["network.transport"]?.string } == ["udp", "udplite"])
    #expect(records.allSatisfy { $0["icwscan.holders"]?.list.count == 1 })
    #expect(records.allSatisfy { $0["icwscan.socket.state"]?.string == "UNCONN" })
    let lines = try stage.run([Place.binary, "owner"]).lines
    #expect(lines.contains { $0.hasPrefix("udplite  UNCONN") })
    #expect(lines.contains { $0.hasPrefix("3699/udplite: bound to loopback by ") })
    // The same through the text of /proc/net, as a user who may not enter the namespace sees it.
    let listed = try stage.run(["cat", "/proc/net/udplite"]).output
    #expect(listed.contains(":0E73 "))
    if Validator.isInstalled {
      let json = try stage.run([Place.binary, "owner", "--json"]).output
      #expect(try Validator.check(json) == [])
    }
  }

  @Test func `A Multipath TCP listener and the TCP socket below it are one socket of its process`()
    throws
  {
    let stage = try Stage("s = multipath(); ready(own(s))")
    if let reason = stage.facts["skip"]?.string {
      print("skipped: \(reason)")
      return
    }
    let lines = try stage.run([Place.binary, "owner"]).lines
    #expect(lines.contains { $0.hasPrefix("mptcp") } && lines.contains { $0.hasPrefix("tcp") })
    #expect(lines.contains { $0.hasPrefix("holds") && $0.hasSuffix(" 1 socket") })
  }

  @Test func `Behind hidepid the reason is hidepid`() throws {
    let folder = try TemporaryFolder()
    let binary = try Stage.sharedBinary(in: folder)
    let stage = try Stage("s = listener(); ready(own(s))")
    let mount = "mount -t proc -o hidepid=2 proc /proc && exec "
    let words = (Self.nobody + [binary, "owner", "--json"]).joined(separator: " ")
    let outcome = try stage.run(["unshare", "-m", "sh", "-c", mount + words])
    #expect(outcome.status == 3, "\(outcome.errors)")
    let socket = try #require(try JSONText.records(outcome.output).first(where: Stage.isHere))
    #expect(socket["icwscan.missing_owner"]?.string == "hidepid")
    #expect(socket["icwscan.holders"]?.list.isEmpty == true)
  }

  @Test func `From inside a PID namespace an owner outside is said to be there`() throws {
    let stage = try Stage("s = listener(); ready(own(s))")
    let outcome = try stage.run([
      "unshare", "-p", "-f", "--mount-proc", Place.binary, "owner", "--json",
    ])
    let socket = try #require(try JSONText.records(outcome.output).first(where: Stage.isHere))
    #expect(socket["icwscan.missing_owner"]?.string == "other-pid-namespace")
  }

  @Test func `A descriptor in flight has no process, and none is made up`() throws {
    let stage = try Stage(
      """
      here, there = socket.socketpair(); s = listener(); inode = number(s)
      socket.send_fds(here, [b"x"], [s.fileno()]); s.close(); ready({inode: {}})
      """)
    let record = try #require(try stage.sockets().first)
    #expect(record["icwscan.holders"]?.list.isEmpty == true)
    #expect(
      record["icwscan.missing_owner"]?.string
        == (Stage.hidesProcesses ? "permission-denied" : "kernel-socket"))
  }

  @Test func `Processes and sockets that come and go are never named wrong`() throws {
    let stage = try Stage(
      """
      import random
      s = listener('0.0.0.0')
      def worker():
        while True:
          try:
            c = connected(); c.setsockopt(SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); pid = os.fork()
            if pid == 0: os._exit(0)
            os.waitpid(pid, 0); c.close(); time.sleep(0.002)
          except OSError: time.sleep(0.01)
      def accept():
        while True: s.accept()[0].close()
      pids = []
      for _ in range(2):
        pid = os.fork()
        if pid == 0:
          libc.prctl(1, signal.SIGKILL); s.close(); worker()
        pids.append(pid)
      threading.Thread(target=accept, daemon=True).start()
      ready(own(s), pids=pids)
      """)
    let server = Int(stage.maker.identifier)
    let pids = Set((stage.facts["pids"]?.list ?? []).compactMap(\.integer))
    let rounds = unsafe getenv("ICWSCAN_TEST_ALL") == nil ? 10 : 300
    for _ in 0..<rounds {
      for record in try stage.sockets() {
        let holders = record["icwscan.holders"]?.list ?? []
        let isServer = record["source.port"]?.integer == 3699
        for holder in holders {
          let pid = holder["process.pid"]?.integer ?? 0
          let parent = holder["process.parent.pid"]?.integer ?? 0
          // A client's socket is its worker's, or the worker's child's before that ends.
          #expect(isServer ? pid == server : pids.contains(pid) || pids.contains(parent))
        }
        #expect(!holders.isEmpty || record["icwscan.missing_owner"] != nil)
      }
    }
  }

  @Test(.enabled(if: unsafe getenv("ICWSCAN_TEST_ALL") != nil, "slow: set ICWSCAN_TEST_ALL=1"))
  func `A process with 20,000 descriptors hides no socket`() throws {
    // As many as it may have: the system's limit can be 20,000 itself.
    let stage = try Stage(
      """
      import resource
      most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
      most = 20100 if most == resource.RLIM_INFINITY else min(most, 20100)
      resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
      files = [open("/dev/null") for _ in range(most - 100)]
      s = listener(); ready(own(s))
      """)
    let found = Stage.holders(try stage.sockets())
    #expect(found.count == 1 && found.first?.value.count == 1)
    #expect(try stage.ss().holders == found)
  }
}

extension String {
  /// How often a text is in this one.
  fileprivate func occurrences(of text: String) -> Int { ranges(of: text).count }
}
