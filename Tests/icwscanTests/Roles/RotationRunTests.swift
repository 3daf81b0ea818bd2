import Glibc
import Testing

/// Captures that rotate, beside tcpdump's.
@Suite(
  .enabled(
    if: Namespace.isPermitted && ["python3", "tcpdump", "capinfos"].allSatisfy(Place.has),
    "network namespaces (unshare -rn), python3, tcpdump and capinfos are needed; one of them is not to be had here"
  ))
struct RotationRunTests {
  /// Sends so many datagrams of 500 bytes, one after the other.
  private func send(_ count: Int, in namespace: Namespace, pause: Double = 0) throws {
    let outcome = try namespace.run([
      "python3", "-c",
      """
      import socket, time
      # Somebody is there: the kernel answers nothing.
      r = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); r.bind(("127.0.0.1", 3699))
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      for _ in range(\(count)): s.sendto(b"x" * 500, ("127.0.0.1", 3699)); time.sleep(\(pause))
      """,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Packets of a capture file; nil when it is none.
  private func packets(_ path: String) throws -> Int? {
    let info = try Command.run(["capinfos", "-Mc", path])
    return info.status == 0
      ? info.output.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) } : nil
  }

  /// Ends a capture once all packets are seen.
  private func end(_ capture: Program, after packets: Int) throws {
    let seen = Program.waits {
      let before = capture.text(.errors).count
      capture.send(SIGUSR1)
      return
        (try? capture.wait(for: "\(packets) of the port", on: .errors, behind: before, seconds: 1))
        != nil
    }
    #expect(seen)
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: [["-C", "20k"], ["-C", "20k", "-W", "3"], ["-C", "20k", "-W", "11"]])
  func `Files of a size have tcpdump's names, and each is whole`(_ words: [String]) throws {
    let namespace = try Namespace()
    let (ours, theirs) = (try TemporaryFolder(), try TemporaryFolder())
    let capture = try namespace.start(
      [Place.binary, "live", "-l", "-i", "lo", "-w", ours("f.pcap")] + words)
    try capture.wait(for: "capturing on", on: .errors)
    // Debian's tcpdump takes millions of bytes alone: its ring is filled by a size of its own.
    try send(200, in: namespace)
    try end(capture, after: 200)
    let names = Place.names(in: ours.path)
    let counts = try names.map { try packets(ours($0)) }
    #expect(counts.allSatisfy { ($0 ?? 0) > 0 }, "\(names) \(counts)")
    let count = words.contains("-W") ? Int(words[3]) ?? 0 : 6
    #expect(names.count == min(count, 6), "\(names)")
    if names.count == 6 { #expect(counts.compactMap(\.self).reduce(0, +) == 200) }
    let digits = count > 10 ? "f.pcap00" : words.contains("-W") ? "f.pcap0" : "f.pcap"
    #expect(names.first == digits)
    for name in names.dropLast() {
      var status = stat()
      #expect(unsafe stat(ours(name), &status) == 0)
      // The last packet may put it over the size, as in tcpdump.
      #expect(status.st_size <= 20_480 + 600, "\(name): \(status.st_size)")
    }
    withExtendedLifetime(theirs) {}
  }

  @Test func `Files of a size hold what tcpdump's hold, under the same names`() throws {
    let namespace = try Namespace(isOwnUser: false)
    let (ours, theirs) = (try TemporaryFolder(), try TemporaryFolder())
    let dump = try namespace.start([
      "tcpdump", "-i", "lo", "-Z", "root", "-U", "-C", "1", "-W", "4", "-w", theirs("f.pcap"),
      "port 3699",
    ])
    try dump.wait(for: "listening on", on: .errors)
    let capture = try namespace.start([
      Place.binary, "live", "-l", "-i", "lo", "-C", "1", "-W", "4", "-w", ours("f.pcap"),
    ])
    try capture.wait(for: "capturing on", on: .errors)
    try send(5_000, in: namespace)
    try end(capture, after: 5_000)
    dump.send(SIGINT)
    _ = try dump.finish()
    let names = Place.names(in: theirs.path)
    #expect(names.count == 3 && Place.names(in: ours.path) == names)
    // The last file ends where each of the two was ended.
    for name in names.dropLast() {
      #expect(try packets(ours(name)) == packets(theirs(name)), "\(name)")
    }
  }

  @Test func `Files of a time are ended by the clock, -W ends the capture after so many`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let capture = try namespace.live(
      "-G", "1", "-W", "2", "-w", folder("t-%s.pcapng"))
    try send(40, in: namespace, pause: 0.1)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 0 && outcome.errors.contains("-W"), "\(outcome.errors)")
    let names = Place.names(in: folder.path)
    #expect(names.count == 2, "\(names)")
    // The first may have ended before anybody sent.
    let counts = try names.map { try packets(folder($0)) }
    #expect(!counts.contains(nil) && (counts.last ?? 0) ?? 0 > 0, "\(counts)")
    for (name, count) in zip(names, counts) where count != 0 {
      // What the kernel counted stands at the end of each file that has a device (block type 5).
      let bytes = Place.read(folder(name)) ?? []
      let length = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length < bytes.count && bytes[bytes.count - length] == 5, "\(name)")
    }
  }

  @Test func `-z runs the command with each file that was ended, as the user who called`() throws {
    let isRoot = getuid() == 0
    let namespace = try Namespace(isOwnUser: !isRoot)
    let folder = try TemporaryFolder()
    unsafe _ = chmod(folder.path, 0o777)
    let command = folder.file(
      "command", Array("#!/bin/sh\necho \"$1 $(id -u)\" >> \(folder("log"))\n".utf8))
    unsafe _ = chmod(command, 0o755)
    let variables = isRoot ? ["SUDO_UID=12345", "SUDO_GID=12345"] : []
    let capture = try namespace.start(
      ["env"] + variables + [
        Place.binary, "live", "-l", "-i", "lo", "-C", "20k", "-z", command, "-w", folder("f.pcap"),
      ])
    try capture.wait(for: "capturing on", on: .errors)
    try send(100, in: namespace)
    try end(capture, after: 100)
    let user = isRoot ? "12345" : "0"
    let expected = ["f.pcap", "f.pcap1"].map { "\(folder($0)) \(user)" }
    #expect(
      Program.waits {
        (Place.text(folder("log")) ?? "").split(separator: "\n").map(String.init).sorted()
          == expected
      }, "\(Place.text(folder("log")) ?? "nothing")")
    #expect(Place.names(in: folder.path).contains("f.pcap2"))
  }

  @Test(
    .enabled(
      if: getuid() == 0 && Namespace.canMount, "needs root and mount namespaces (unshare -m)"),
    arguments: [["-w", "full.pcapng"], ["-C", "40k", "-w", "full.pcapng"]])
  func `A full disk ends the capture in one line, with what there was room for`(
    _ words: [String]
  ) throws {
    let namespace = try Namespace(isOwnUser: false)
    let folder = try TemporaryFolder()
    let capture = try namespace.start(
      [
        "unshare", "-m", "bash", "-c",
        """
        mount -t tmpfs -o size=128k none \(folder.path) && cd \(folder.path) && "$@"; s=$?
        for f in full.pcapng*; do [ ! -s $f ] || capinfos -Mc $f || exit 9; done; exit $s
        """,
        "-", Place.binary, "live", "-l", "-U", "-i", "lo",
      ] + words)
    try capture.wait(for: "capturing on", on: .errors)
    try send(400, in: namespace)
    let outcome = try capture.finish(seconds: 30)
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errorLines.count { $0.contains("full.pcapng") && $0.contains("icwscan:") } == 1)
    #expect(outcome.output.contains("3699/udp"))
  }

  @Test func `A folder that vanished ends the capture in one line`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    #expect(unsafe mkdir(folder("gone"), 0o777) == 0)
    let capture = try namespace.live("-C", "20k", "-w", folder("gone/f.pcap"))
    #expect(try Command.run(["rm", "-r", folder("gone")]).status == 0)
    try send(100, in: namespace)
    let outcome = try capture.finish(seconds: 20)
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errorLines.count { $0.contains("f.pcap") } == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("3699/udp"))
  }

  @Test func `SIGHUP leaves a file alone that was not moved`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let capture = try namespace.live("-w", folder("s.pcapng"))
    try send(5, in: namespace)
    capture.send(SIGHUP)
    try send(5, in: namespace)
    try end(capture, after: 10)
    #expect(try packets(folder("s.pcapng")) == 10)
  }

  @Test(arguments: [
    ["-C", "1"], ["-G", "1", "-w", "-"], ["-W", "2", "-w", "f"], ["-C", "0", "-w", "f"],
    ["-C", "1x", "-w", "f"], ["-z", "true", "-w", "f"], ["-G", "1", "-w", "%H/f"],
    ["-C", "99999999999999999999", "-w", "f"], ["-G", "0", "-w", "f"],
  ])
  func `What makes no sense is refused in one line`(_ words: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run([Place.binary, "live"] + words, directory: folder.path)
    #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(words): \(outcome.errors)")
    #expect(Place.names(in: folder.path).isEmpty)
  }
}
