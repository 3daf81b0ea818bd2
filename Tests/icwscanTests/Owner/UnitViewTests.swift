import Testing

/// Units as they show on this host, where systemd itself need not run.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct UnitViewTests {
  @Test func `A container's service manager is shown with the unit in its own files`() throws {
    let folder = try TemporaryFolder()
    _ = try Command.run(["cp", "/bin/sleep", folder("systemd")])
    let stage = try Stage(
      """
      s = listener('::', AF_INET6, options=[(41, 26, 1)])
      t = listener('127.0.0.2')
      middle = os.fork()
      if middle == 0:
        libc.prctl(1, signal.SIGKILL); libc.unshare(0x20020000)
        inner = os.fork()
        if inner == 0:
          libc.prctl(1, signal.SIGKILL); libc.mount(b"none", b"/", None, 0x44000, None)
          if libc.mount(b"none", b"/usr/local/lib", b"tmpfs", 0, None) != 0: os._exit(1)
          os.makedirs("/usr/local/lib/systemd/system")
          unit = "/usr/local/lib/systemd/system/inside"
          open(unit + ".socket", "w").write("[Socket]\\nListenStream=3699\\n")
          open(unit + ".timer", "w").write("[Timer]\\nOnBootSec=1\\n")
          for one in s, t: os.set_inheritable(one.fileno(), True)
          os.execv("\(folder("systemd"))", ["systemd", "600"])
        os.waitpid(inner, 0); os._exit(0)
      end = time.monotonic() + 10; inner = None
      while time.monotonic() < end:
        children = open(f"/proc/{middle}/task/{middle}/children").read().split()
        if children and os.readlink(f"/proc/{children[0]}/exe") == "\(folder("systemd"))": inner = int(children[0]); break
        time.sleep(0.005)
      if inner is None: ready(skip="no mount namespace")
      unit = number(s), number(t); s.close(); t.close()
      ready({}, inodes=unit, pid=inner)
      """)
    if let reason = stage.facts["skip"]?.string {
      print("skipped: a container's service manager: \(reason)")
      return
    }
    let inodes = stage.facts["inodes"]?.list.compactMap(\.integer) ?? []
    let records = try stage.sockets()
    let found = try inodes.map { inode in
      try #require(records.first { $0["icwscan.socket.inode"]?.integer == inode })
    }
    // The other listener is none that the unit asks for.
    let units = found.map { $0["icwscan.activation"]?.list.map { $0["unit"]?.string } }
    #expect(units == [["inside.socket"], nil])
    let output = try stage.run([Place.binary, "owner"]).output
    #expect(output.contains("by inside.socket for inside.service"))
    // It is no unit of this host.
    #expect(!output.contains("unit inside.socket ("))
  }
}
