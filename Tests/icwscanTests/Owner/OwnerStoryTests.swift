import Glibc
import Testing

/// What is told of the process that holds the port.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct OwnerStoryTests {
  @Test(arguments: ["deleted", "replaced"])
  func `A program that is gone from its path is said to be`(_ state: String) throws {
    let folder = try TemporaryFolder()
    let program = folder("server")
    _ = try Command.run(["cp", "/bin/sleep", program])
    let change =
      state == "deleted"
      ? "os.unlink('\(program)')" : "os.rename('/proc/self/cwd/new', '\(program)')"
    let stage = try Stage(
      """
      os.chdir('\(folder.path)'); open('new', 'w').write('x')
      s = listener(); pid = exec_child(['\(program)', '600'], files=[s]); \(change)
      ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, pid=pid)
      """)
    let holders = try stage.sockets().flatMap { $0["icwscan.holders"]?.list ?? [] }
    let holder = try #require(
      holders.first { $0["process.pid"]?.integer == stage.facts["pid"]?.integer })
    #expect(holder["process.executable"]?.string == program)
    #expect(holder["process.executable_deleted"] == .boolean(true))
    #expect(holder["provenance.executable_state"]?.string == state)
  }

  @Test(arguments: ["a)\\nb", "\\x1b[31mred", "x) S 1 1 1", "\\u202ecod", "\\xff\\xfe"])
  func `A hostile name stays on its line, harmless, and hides nobody`(_ name: String) throws {
    let stage = try Stage(
      """
      s = listener(); libc.prctl(15, ctypes.create_string_buffer("\(name)".encode("utf-8", "replace")))
      ready(own(s))
      """)
    let records = try stage.sockets()
    #expect(records.count == 1)
    #expect(
      records[0]["icwscan.holders"]?.list.first?["process.pid"]?.integer
        == stage.facts["holders"]?.list.first?.list.last?.list.first?.list.first?.integer)
    let text = try stage.run([Place.binary, "owner"])
    // 3 where a namespace of another test holds what can't be attributed.
    #expect([0, 3].contains(text.status))
    #expect(
      text.output.unicodeScalars.allSatisfy {
        $0 == "\n"
          || ($0.value >= 0x20 && $0.value != 0x7f && !(0x80...0x9f).contains($0.value))
            && $0.value != 0x202e
      })
    #expect(text.lines.contains { $0.hasPrefix("calls itself") })
  }

  @Test func `The story tells script, rights, preload, parents and, when asked, the hash`() throws {
    let folder = try TemporaryFolder()
    let script = folder.file(
      "server.py",
      Array(
        """
        import ctypes, time
        ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
        time.sleep(600)
        """.utf8))
    let stage = try Stage(
      """
      s = listener()
      environment = {'LD_PRELOAD': '\(folder.path)/none.so'}
      pid = exec_child(['/usr/bin/python3', '-u', '\(script)'], environment, files=[s])
      end = time.monotonic() + 10
      while time.monotonic() < end:
        if "NoNewPrivs:\\t1" in open(f"/proc/{pid}/status").read(): break
        time.sleep(0.005)
      ready({number(s): {me: [s.fileno()], pid: [s.fileno()]}}, pid=pid)
      """)
    let outcome = try stage.run([Place.binary, "owner", "--json", "--hash"])
    let records = try JSONText.records(outcome.output)
    let holders = records.flatMap { $0["icwscan.holders"]?.list ?? [] }
    let holder = try #require(
      holders.first { $0["process.pid"]?.integer == stage.facts["pid"]?.integer })
    #expect(holder["provenance.script.name"]?.string == script)
    #expect(holder["provenance.no_new_privileges"] == .boolean(true))
    #expect(holder["provenance.preload"]?.string == folder.path + "/none.so")
    let parents = holder["provenance.ancestors"]?.list.compactMap { $0["pid"]?.integer } ?? []
    #expect(parents.first == Int(stage.maker.identifier) && parents.last == 1)
    let executable = try #require(holder["process.executable"]?.string)
    let sum = try Command.run(["sha256sum", executable]).output.prefix(64)
    #expect(holder["process.hash.sha256"]?.string == String(sum))
    if Place.has("dpkg-query") {
      let owner = try Command.run(["dpkg", "-S", executable]).output.split(separator: ":").first
      #expect(holder["provenance.package.name"]?.string == owner.map(String.init))
    }
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
    #expect(records.last?.kind == "summary")
  }

  @Test func `Brief is the table alone, and with --explain each socket has its numbers`() throws {
    let stage = try Stage("s = listener(); ready(own(s))")
    let brief = try stage.run([Place.binary, "owner", "--brief"])
    #expect(
      brief.lines.count == 2
        || brief.lines.allSatisfy { $0.contains(":3699") || $0.hasPrefix("Netid") })
    #expect(brief.lines.first?.hasPrefix("Netid") == true)
    let inode = stage.facts["holders"]?.list.first?.list.first?.integer ?? 0
    #expect(try stage.run([Place.binary, "owner", "--explain"]).output.contains("ino:\(inode)"))
  }
}
