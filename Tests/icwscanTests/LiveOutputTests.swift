import Glibc
import Testing

/// `live --output`: the file in place of standard output.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("curl"),
    "network namespaces (unshare -rn), python3 and curl are needed; one of them is not to be had here"
  ))
struct LiveOutputTests {
  /// Waits until a file holds a word.
  private func wait(for word: String, in path: String) throws {
    let waiting = "until grep -q -- \"$1\" \"$2\" 2>/dev/null; do sleep 0.05; done"
    let outcome = try Command.run(["timeout", "20", "sh", "-c", waiting, "-", word, path])
    try #require(outcome.status == 0, "no \(word) in \(path)")
  }

  @Test func `SIGHUP opens the file of --output anew, and no record is lost or cut`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let path = folder.path + "/found.ndjson"
    let server = try namespace.webServer()
    let capture = try namespace.live("--json", "--output", path)
    try namespace.fetch()
    try wait(for: "flow-start", in: path)
    try #require(try Command.run(["mv", path, path + ".1"]).status == 0)
    capture.send(SIGHUP)
    let isThere = try Command.run([
      "timeout", "20", "sh", "-c", "until [ -e \"$1\" ]; do sleep 0.05; done", "-", path,
    ])
    try #require(isThere.status == 0)
    try namespace.fetch()
    try wait(for: "flow-start", in: path)
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0 && outcome.output == "", "\(outcome.errors)")
    let records = try [path + ".1", path].map { try JSONText.records(Place.text($0) ?? "") }
    let actions = records.map { $0.compactMap { $0["event.action"]?.string } }
    #expect(actions[0].filter { $0 == "flow-start" }.count == 1)
    #expect(actions[1].filter { $0 == "flow-start" }.count == 1)
    #expect(actions.joined().filter { $0 == "flow-end" }.count == 2)
    #expect(records[1].last?["icwscan.record"]?.string == "summary")
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [
    (["--output", "/nowhere/found"], "/nowhere/found"),
    (["--output", "a", "-w", "a"], "same file"),
    (["--output", "a", "-w", "-"], "exclude each other"),
  ])
  func `a file that can't be written, or twice, is wrong usage`(_ words: [String], _ told: String)
    throws
  {
    let outcome = try Command.run([Place.binary, "live", "-i", "lo"] + words)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains(told), "\(outcome.errors)")
  }
}
