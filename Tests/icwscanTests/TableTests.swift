import Glibc
import Testing

/// `live --table` on a real terminal, which tmux plays.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("tmux") && Place.has("python3") && Place.has("curl"),
    "network namespaces (unshare -rn), tmux, python3 and curl are needed; one is not to be had here"
  ))
struct TableTests {
  /// A terminal in a namespace, in which a shell runs the program and then says how it ended.
  private final class Terminal {
    let namespace: Namespace
    private let folder: TemporaryFolder
    private let server: Program

    init(
      _ namespace: Namespace, columns: Int, variables: String = "", _ words: String...
    ) throws {
      self.namespace = namespace
      folder = try TemporaryFolder()
      // What follows must not read: a terminal that the table has left without waiting for keys reads as at its end.
      let command =
        "\(variables) \(Place.binary) live -i lo \(words.joined(separator: " ")); "
        + "echo ended $?; stty -a | tr ';' '\\n' | grep -ow -e '-*icanon' -e '-*echo'; exec sleep 300"
      // Without -d it would want a terminal itself; it goes on in the background by itself.
      server = try namespace.start([
        "tmux", "-S", folder("socket"), "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)",
        "-y", "24", command,
      ])
    }

    deinit { _ = try? tmux("kill-server") }

    @discardableResult func tmux(_ words: String...) throws -> Program.Outcome {
      try namespace.run(["tmux", "-S", folder("socket")] + words)
    }

    /// What stands on the terminal.
    func screen(_ words: String...) throws -> String {
      try namespace.run(["tmux", "-S", folder("socket"), "capture-pane", "-p"] + words).output
    }

    /// Whether the program has its screen.
    func isTaken() throws -> Bool {
      try tmux("display-message", "-p", "#{alternate_on}").output.hasPrefix("1")
    }

    /// Waits until the terminal shows all of these.
    @discardableResult func wait(for texts: String...) throws -> String {
      let end = Program.now + 20
      while true {
        let text = try screen()
        if texts.allSatisfy({ text.contains($0) }) { return text }
        guard Program.now < end else {
          throw Program.Failure.noLine("\(texts)", output: text, errors: "")
        }
        _ = poll(nil, 0, 50)
      }
    }

    /// The numbers of the program's processes: the helper and its child.
    func processes() throws -> [pid_t] {
      let shell = try tmux("display-message", "-p", "#{pane_pid}").output
      let helper = Program.children(of: try #require(pid_t(shell.filter(\.isNumber))))
      return helper + helper.flatMap(Program.children)
    }
  }

  @Test func `It shows flows with verdicts and owners, follows the terminal's size, and q ends it`()
    throws
  {
    let namespace = try Namespace()
    let web = try namespace.webServer()
    let terminal = try Terminal(namespace, columns: 80, "--table")
    try terminal.wait(for: "icwscan  port 3699 on lo", "CLIENT > SERVER", "q quits")
    #expect(try terminal.isTaken())
    try namespace.fetch()
    try terminal.wait(
      for: "127.0.0.1:3699 ", "    other-application http (GET ", "3699/tcp is not KPN-ICW",
      "1-1 of 1")
    // Wide enough for an interpreter that lies deep in somebody's home.
    try terminal.tmux("resize-window", "-x", "600", "-y", "30")
    let wide = try terminal.wait(for: "VERDICT", "OWNERS", "python3 -", "[client: ")
    // A line a flow, whether or not its client was still there to be named, and nothing left of the narrow picture.
    #expect(wide.split(separator: "\n").count { $0.contains("other-application http") } == 1)
    try terminal.tmux("send-keys", "s")
    try terminal.wait(for: "by newest")
    try terminal.tmux("send-keys", "q")
    let end = try terminal.wait(for: "ended 0", "icanon", "echo")
    // The lines before and the summary are there, the table is not.
    #expect(end.contains("capturing on lo") && end.contains("is not KPN-ICW"))
    #expect(!end.contains("q quits") && !end.contains("-icanon") && !end.contains("-echo"))
    #expect(try !terminal.isTaken())
    withExtendedLifetime(web) {}
  }

  @Test func `In the terminal's background it ends at once and says why`() throws {
    let namespace = try Namespace()
    let terminal = try Terminal(namespace, columns: 120, variables: "timeout 30", "--table")
    let end = try terminal.wait(for: "ended 2")
    #expect(end.contains("--table needs the terminal's foreground"))
  }

  @Test(arguments: [0, 1])
  func `A process that is killed leaves the terminal as it was`(_ which: Int) throws {
    let namespace = try Namespace()
    let terminal = try Terminal(namespace, columns: 80, "--table")
    try terminal.wait(for: "q quits")
    let processes = try terminal.processes()
    try #require(processes.count == 2)
    kill(processes[which], SIGKILL)
    // The parser gives the terminal back a moment after the shell has seen the helper's end, and what the shell says of
    // that may go with the table.
    if which == 1 { try terminal.wait(for: "ended 70") }
    try terminal.wait(for: which == 0 ? "keeps the rights is gone" : "ended by signal 9")
    #expect(try !terminal.isTaken())
    let told = try terminal.tmux("display-message", "-p", "#{pane_tty}").output
    let path = try #require(told.split(separator: "\n").first.map(String.init))
    let modes = try namespace.run(["stty", "-F", path, "-a"]).output
    #expect(modes.contains(" icanon") && modes.contains(" echo "), "\(modes)")
  }

  @Test func `Ctrl-C ends it, and NO_COLOR leaves out every colour`() throws {
    let namespace = try Namespace()
    let terminal = try Terminal(namespace, columns: 120, variables: "NO_COLOR=1", "--table")
    try terminal.wait(for: "q quits")
    #expect(try !terminal.screen("-e").contains("\u{1b}["))
    try terminal.tmux("send-keys", "C-z")
    try terminal.tmux("send-keys", "C-c")
    let end = try terminal.wait(for: "ended 0")
    #expect(end.contains("3699/tcp: nothing seen"))
    #expect(try !terminal.isTaken())
  }

  @Test func `Records go to a file beside it`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let web = try namespace.webServer()
    let terminal = try Terminal(
      namespace, columns: 100, "--table", "--json", "--output", folder("found"))
    try terminal.wait(for: "q quits")
    try namespace.fetch()
    try terminal.wait(for: "other-application http")
    try terminal.tmux("send-keys", "q")
    try terminal.wait(for: "ended 0")
    let records = try JSONText.records(Place.text(folder("found")) ?? "")
    #expect(records.contains { $0["event.action"]?.string == "flow-start" })
    #expect(records.last?.kind == "summary")
    withExtendedLifetime(web) {}
  }

  @Test(arguments: [
    ([String](), "standard output is none"), (["--json"], "--output"), (["--packets"], "--output"),
    (["-w", "-"], "both want standard output"),
  ])
  func `Without a terminal of its own it is wrong usage`(_ words: [String], _ told: String) throws {
    let outcome = try Command.run([Place.binary, "live", "--table", "-i", "lo"] + words)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(told), "\(outcome.errors)")
  }
}
