import Glibc
import Testing

/// `owner --watch`, over real servers in network namespaces of their own. They are on another port than those of other
/// tests, whose namespaces a watch by root sees too.
@Suite(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct WatchTests {
  /// A program that does one step of a script each time it is told to go on, and says so.
  private static let steps =
    Stage.prelude.replacing("PORT = 3699", with: "PORT = 3696") + """

      def step(word):
        print("{" + word + "}", flush=True)
        signal.sigwait([signal.SIGUSR1])
      signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])

      """

  /// A namespace in which a script has come to its first step, and a watch over it that has begun.
  private final class Scene {
    let script: Program
    let watch: Program
    private var read = 0

    init(_ text: String, _ words: String...) throws {
      script = try Program(
        ["unshare", "-n", Stage.python, "-u", "-c", WatchTests.steps + text], directory: "/")
      try script.wait(for: "{first}")
      watch = try Program(
        [
          "nsenter", "-t", "\(script.identifier)", "-n", Place.binary, "owner", "--watch", "--port",
          "3696",
        ] + words)
      try watch.wait(for: "watching port 3696", on: .errors)
    }

    /// Lets the script do its next step.
    func goOn() { script.send(SIGUSR1) }

    /// The first line behind those read so far that holds all of `parts` and is of the scene's own namespace: other
    /// tests have namespaces at the same time.
    func line(_ parts: String..., elsewhere: Bool = false) throws -> String {
      while true {
        let text = watch.text(.output)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for (index, line) in lines.enumerated().dropFirst(read)
        where parts.allSatisfy({ line.contains($0) }) && Self.isElsewhere(line) == elsewhere {
          read = index + 1
          return String(line)
        }
        try watch.wait(for: "\n", behind: text.count)
      }
    }

    private static func isElsewhere(_ line: Substring) -> Bool {
      [" in the network namespace ", " in network namespace ", " in container ", "\"namespace\":{"]
        .contains { line.contains($0) }
    }

    /// Ends the watch as Ctrl-C does.
    func end() throws -> Program.Outcome {
      watch.send(SIGINT)
      return try watch.finish()
    }
  }

  @Test func `What is there is told first, then what comes, changes and goes`() throws {
    let scene = try Scene(
      """
      s = listener(); step("first")
      c = connected(); step("connected")
      a, _ = s.accept(); a.send(b"hello"); c.recv(9); step("accepted")
      c.close(); step("half-closed")
      a.close(); s.close(); step("closed")
      """)
    let pid = "(pid \(scene.script.identifier), root)"
    let present = try scene.line("present", "tcp LISTEN 127.0.0.1:3696, held by ")
    #expect(present.hasSuffix(pid))
    let time = try #require(present.split(separator: " ").first)
    #expect(time.count == 24 && time.hasSuffix("Z") && time.contains("T"))
    scene.goOn()
    _ = try scene.line("appeared tcp ESTAB 127.0.0.1:3696 127.0.0.1:", "no process: not accepted")
    #expect(try scene.line("appeared tcp ESTAB 127.0.0.1:", " 127.0.0.1:3696, held").hasSuffix(pid))
    scene.goOn()
    #expect(try scene.line("holder tcp ESTAB 127.0.0.1:3696 ", "held by ").hasSuffix(pid))
    scene.goOn()
    _ = try scene.line("state tcp ESTAB>CLOSE-WAIT 127.0.0.1:3696 ", pid)
    let half = try scene.line("state tcp ESTAB>FIN-WAIT-2 127.0.0.1:", "no process: ")
    #expect(half.contains("no more: ") && half.hasSuffix(pid))
    scene.goOn()
    _ = try scene.line("vanished tcp LISTEN 127.0.0.1:3696, was held by ", pid)
    let closed = try scene.line("vanished tcp CLOSE-WAIT 127.0.0.1:3696 ", "was held by")
    // The kernel counts the SYN and the FIN as a byte each.
    #expect(closed.hasSuffix(", bytes_acked:6 bytes_received:1"), "\(closed.suffix(80))")
    let outcome = try scene.end()
    // 3 where a namespace of another test holds what can't be attributed.
    #expect([0, 3].contains(outcome.status) && outcome.errorLines.count == 1, "\(outcome.errors)")
  }

  @Test func `Holders that come, go, pass the socket on and run another program are told`() throws {
    let scene = try Scene(
      """
      s = listener(); s.set_inheritable(True); step("first")
      here, there = socket.socketpair()
      pid, _ = child(lambda: None); step("forked")
      os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0); step("killed")
      pid = os.fork()
      if pid == 0:
        libc.prctl(1, signal.SIGKILL); signal.sigwait([signal.SIGUSR1])
        os.execv("/bin/sleep", ["sleep", "600"])
      step("forked")
      os.kill(pid, signal.SIGUSR1); step("executed")
      s.close(); step("handed on")
      """)
    let maker = scene.script.identifier
    _ = try scene.line("present", "LISTEN")
    scene.goOn()
    let forked = try scene.line("holder tcp LISTEN 127.0.0.1:3696, held by ", "new: ")
    #expect(forked.contains("(\(maker)), ") && !forked.contains("no more"))
    scene.goOn()
    let killed = try scene.line("holder tcp LISTEN ", "no more: ")
    #expect(killed.contains("held by python3") && killed.contains("(\(maker)), no more"))
    scene.goOn()
    _ = try scene.line("holder tcp LISTEN ", "new: ")
    scene.goOn()
    let executed = try scene.line("holder tcp LISTEN ", "now runs sleep 600, before it was ")
    #expect(executed.contains(", sleep("))
    scene.goOn()
    let handed = try scene.line("holder tcp LISTEN ", "no more: ")
    #expect(handed.contains("held by sleep(") && handed.hasSuffix("(pid \(maker), root)"))
    scene.script.send(SIGKILL)
    _ = try scene.line("vanished tcp LISTEN ", "was held by sleep 600 (pid ")
  }

  @Test func `A worker with SO_REUSEPORT is a socket of its own, and so is one in UDP`() throws {
    let scene = try Scene(
      """
      s = listener(share=True); step("first")
      t = listener(share=True); u = datagrams(); step("more")
      t.close(); u.close(); step("less")
      """)
    _ = try scene.line("present", "LISTEN")
    scene.goOn()
    _ = try scene.line("appeared tcp LISTEN 127.0.0.1:3696, held by")
    _ = try scene.line("appeared udp UNCONN 127.0.0.1:3696, held by")
    scene.goOn()
    _ = try scene.line("vanished tcp LISTEN 127.0.0.1:3696, was held by")
    _ = try scene.line("vanished udp UNCONN 127.0.0.1:3696, was held by")
  }

  @Test func `A socket that lived between two looks is told when it ended`() throws {
    let scene = try Scene(
      """
      step("first")
      datagrams().close(); step("gone")
      """)
    scene.goOn()
    let line = try scene.line("vanished udp 127.0.0.1:3696, ")
    // A look that happened to fall on that very moment would have seen it.
    #expect(line.contains("came and went between two looks") || line.contains("was held by"))
    #expect(try scene.end().status != 1, "something was there")
  }

  @Test func `Records name the action, the former state and the former holders`() throws {
    let scene = try Scene(
      """
      s = listener(); c = connected(); a, _ = s.accept(); step("first")
      c.shutdown(1); pid, _ = child(lambda: None); step("changed")
      s.close(); a.close(); c.close(); os.kill(pid, 9); step("closed")
      datagrams().close(); step("gone")
      """, "--json")
    for _ in 0..<3 { _ = try scene.line("\"action\":\"socket-present\"") }
    scene.goOn()
    let state = try JSONText(
      scene.line("\"action\":\"socket-state\"", "\"state\":\"CLOSE-WAIT\""))
    #expect(state["icwscan.previous_state"]?.string == "ESTAB" && state.kind == "socket")
    #expect(state["event.kind"]?.string == "event" && state["@timestamp"] != nil)
    let text = scene.watch.text(.output)
    let lines = text.split(separator: "\n").filter { $0.contains("\"previous_holders\":") }
    let holder = try JSONText(
      lines.isEmpty
        ? scene.line("\"previous_holders\":") : String(lines[0]))
    let former = holder["icwscan.previous_holders"]?.list.map { $0["process.pid"]?.integer }
    #expect(former == [Int(scene.script.identifier)])
    #expect(holder["icwscan.holders"]?.list.count == 2)
    #expect(holder["icwscan.holders"]?.list.first?["provenance.ancestors"] != nil)
    scene.goOn()
    _ = try scene.line("\"action\":\"socket-vanished\"", "\"state\":\"LISTEN\"")
    scene.goOn()
    let gone = try JSONText(scene.line("\"action\":\"socket-vanished\"", "\"transport\":\"udp\""))
    #expect(gone["event.type"]?.list == [.string("end")])
    let outcome = try scene.end()
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
  }

  @Test func `A namespace that comes and goes is watched too and not kept`() throws {
    let scene = try Scene(
      """
      step("first")
      def work():
        libc.unshare(0x40000000)
        with socket.socket(AF_INET, SOCK_DGRAM) as u: fcntl.ioctl(u, 0x8914, struct.pack("16sh14x", b"lo", 0x41))
        global t
        t = listener()
      pid, _ = child(work); print("{pid " + str(pid) + "}")
      os.system(f"ip link add v1 type veth peer name v2 netns {pid}"); step("made")
      os.kill(pid, 9); os.waitpid(pid, 0)
      while "v1" in [name for _, name in socket.if_nameindex()]: time.sleep(0.01)
      step("gone")
      """)
    scene.goOn()
    let text = try scene.script.wait(for: "{made}")
    let pid = text.split(separator: "{pid ").last?.prefix { $0.isNumber } ?? ""
    let place = " 127.0.0.1:3696 in the network namespace of python3 (pid \(pid)), "
    let line = try scene.line("appeared tcp LISTEN" + place, elsewhere: true)
    #expect(line.hasSuffix("(pid \(pid), root)"))
    scene.goOn()
    _ = try scene.line("vanished tcp LISTEN" + place, elsewhere: true)
    // A device of the namespace goes with it, unless somebody keeps the namespace.
    try scene.script.wait(for: "{gone}")
  }

  @Test func `Where nothing ever was the status is 1, and a look after the signal is not made`()
    throws
  {
    // Sockets of other tests are in other namespaces: without the right to enter, this one is looked at alone.
    let words = ["unshare", "-n", "setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    let watch = try Program(words + [Place.binary, "owner", "--watch", "--port", "3698"])
    try watch.wait(for: "watching port 3698", on: .errors)
    watch.send(SIGTERM)
    let outcome = try watch.finish()
    #expect(outcome.status == 1 && outcome.output.isEmpty)
  }

  @Test func `A reader that leaves ends the watch quietly, without anything to write`() throws {
    let outcome = try Command.shell(
      "set -o pipefail; unshare -n $ICWSCAN owner --watch --port 3697 | true")
    #expect(outcome.status == 0 && outcome.errors.contains("watching port 3697"))
  }

  @Test func `Hostile names stay on their line`() throws {
    let scene = try Scene(
      """
      libc.prctl(15, ctypes.create_string_buffer("a)\\n\\x1b[31m\\u202e".encode()))
      s = listener(); step("first")
      pid, _ = child(lambda: None); step("forked")
      """)
    _ = try scene.line("present", "LISTEN")
    scene.goOn()
    let line = try scene.line("holder tcp LISTEN", "held by a)\\n\\x1b[31m\\u{202e}(")
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    #expect(try scene.end().output.allSatisfy { $0 == "\n" || $0.isASCII })
  }

  @Test(arguments: [["--watch", "--brief"], ["--watch", "--hash"]])
  func `What a watch can't show is refused`(_ words: [String]) throws {
    let outcome = try Command.run([Place.binary, "owner"] + words)
    #expect(outcome.status == 2 && outcome.errorLines.count == 1)
    #expect(words.allSatisfy { outcome.errors.contains($0) })
  }
}
