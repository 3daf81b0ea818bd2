import Glibc
import Testing

/// The two processes of a live capture, and what stays when one of them is killed.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("capinfos"),
    "network namespaces (unshare -rn), python3 and capinfos are needed; one of them is not to be had here"
  ))
struct RoleEndingTests {
  /// A capture that has seen a datagram.
  private func capture(_ namespace: Namespace, _ folder: TemporaryFolder) throws -> (Program, pid_t)
  {
    let capture = try namespace.live("--json", "--packets", "-w", folder("w.pcapng"))
    try namespace.run([
      "python3", "-c",
      """
      import socket
      r = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); r.bind(("127.0.0.1", 3699))
      socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 3699))
      """,
    ])
    try capture.wait(for: "\"packet\"")
    let parser = try #require(capture.parser)
    return (capture, parser)
  }

  private func packets(_ folder: TemporaryFolder) throws -> Int? {
    let info = try Command.run(["capinfos", "-Mc", folder("w.pcapng")])
    #expect(info.status == 0, "\(info.errors)")
    return info.output.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) }
  }

  @Test func `When the helper is killed, the parser writes everything, says so and ends`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let (capture, parser) = try capture(namespace, folder)
    capture.send(SIGKILL)
    // Its output ends when the last one that has it open has ended.
    let outcome = try capture.finish(seconds: 20)
    #expect(Program.waits { Program.isGone(parser) })
    #expect(outcome.errors.contains("keeps the rights is gone"), "\(outcome.errors)")
    #expect(try JSONText.records(outcome.output).last?.kind == "summary")
    #expect(try packets(folder) == 1)
  }

  @Test func `When the parser is killed, the helper says so in one line and ends with 70`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let (capture, parser) = try capture(namespace, folder)
    let before = capture.text(.errors).count
    kill(parser, SIGKILL)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 70)
    let said = outcome.errors.dropFirst(before).split(separator: "\n")
    #expect(said.count == 1 && said[0].contains("signal 9"), "\(said)")
    #expect(Program.isGone(parser))
    #expect(try packets(folder) != nil)
  }

  @Test func `When the process for -z is killed, that is said and the capture goes on`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let capture = try namespace.live(
      "--json", "-C", "10m", "-z", "true", "-w", folder("w.pcapng"))
    let parser = try #require(capture.parser)
    let runner = try #require(capture.children.first { $0 != parser })
    kill(runner, SIGKILL)
    try capture.wait(for: "-z and --resolve has ended", on: .errors)
    try namespace.run([
      "python3", "-c",
      """
      import socket
      r = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); r.bind(("127.0.0.1", 3699))
      socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 3699))
      """,
    ])
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errorLines.count { $0.contains("has ended") } == 1)
    #expect(try packets(folder) == 1)
  }

  @Test func `Killed at any moment of the start, nothing stays`() throws {
    let namespace = try Namespace()
    for delay in stride(from: 0, to: 120, by: 15) {
      let capture = try namespace.start([Place.binary, "live", "-l", "-i", "lo"])
      _ = poll(nil, 0, Int32(delay))
      let children = capture.children
      capture.send(SIGKILL)
      _ = try capture.finish(seconds: 20)
      #expect(Program.waits { children.allSatisfy { Program.isGone($0) } }, "after \(delay) ms")
    }
  }

  @Test func `A signal to the whole group, as Ctrl-C sends, ends it once`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let (capture, _) = try capture(namespace, folder)
    kill(-capture.identifier, SIGINT)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try JSONText.records(outcome.output).last?.kind == "summary")
    #expect(try packets(folder) == 1)
  }
}
