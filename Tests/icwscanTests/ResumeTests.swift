import Glibc
import Testing

/// Long work that goes on where it stopped.
@Suite struct ResumeTests {
  /// Four captures, the first of them damaged.
  private func captures(_ folder: TemporaryFolder) throws -> [String] {
    let made = try Command.shell(
      "cp captures/ssh/openssh.pcap captures/http/python.pcap captures/dns/dnsmasq.pcap \(folder.path)/ && "
        + "head -c 700 captures/redis/redis.pcap > \(folder("damaged.pcap"))")
    #expect(made.status == 0)
    return ["damaged.pcap", "dnsmasq.pcap", "openssh.pcap", "python.pcap"].map { folder($0) }
  }

  private func analyze(_ words: [String], state: String? = nil) throws -> Program.Outcome {
    try Command.run(
      [Place.binary, "analyze", "--json"] + (state.map { ["--resume", $0] } ?? []) + words)
  }

  /// The summary without how many inputs were done before.
  private func summary(_ outcome: Program.Outcome) throws -> JSONText? {
    let line = outcome.lines.last { $0.contains("\"record\":\"summary\"") } ?? "null"
    return try JSONText(line.replacing(#/"done_before":\d+,/#, with: ""))
  }

  private func doneBefore(_ outcome: Program.Outcome) throws -> Int? {
    try JSONText.records(outcome.output).last?["icwscan.summary.done_before"]?.integer
  }

  private func flows(_ outcome: Program.Outcome) -> [String] {
    outcome.lines.filter { $0.contains("\"record\":\"flow\"") }
  }

  @Test func `What is done is not read again, and counts in summary and exit status all the same`()
    throws
  {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let other = try TemporaryFolder()
    let state = other("state")
    let whole = try analyze(files)
    #expect(whole.status == 4)
    #expect(try doneBefore(whole) == nil)
    let half = try analyze(Array(files.prefix(2)), state: state)
    #expect(half.status == 4)
    #expect(try doneBefore(half) == 0)
    let rest = try analyze(files, state: state)
    #expect(rest.status == 4 && rest.errors.contains("1 damaged or unreadable"), "\(rest.errors)")
    #expect(try doneBefore(rest) == 2)
    #expect(try summary(rest) == summary(whole))
    #expect(flows(half) + flows(rest) == flows(whole) && !flows(rest).isEmpty)
    // Nothing is left: the text says so, and the sentences are those of the whole.
    let text = try Command.run([Place.binary, "analyze", "--resume", state] + files)
    let told = try Command.run([Place.binary, "analyze"] + files)
    #expect(text.output.hasPrefix("3699/tcp") && text.status == 4)
    #expect(text.lines.contains("4 inputs were done before: counted, not read again"))
    #expect(
      told.output.hasSuffix(
        text.output.replacing("4 inputs were done before: counted, not read again\n", with: "")))
    let failing = try analyze(["--fail-on", "other-application"] + files, state: state)
    #expect(failing.status == 5 && flows(failing).isEmpty)
  }

  @Test func `An input that changed is read again, and one that can't be read is tried again`()
    throws
  {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let other = try TemporaryFolder()
    let state = other("state")
    let missing = other("later.pcap")
    let first = try analyze(files + [missing], state: state)
    #expect(first.status == 4)
    _ = try Command.shell("touch -d 2001-01-01 \(files[2]); cp \(files[3]) \(files[0])")
    let again = try analyze(files + [missing], state: state)
    #expect(try doneBefore(again) == 2)
    #expect(again.errors.contains("later.pcap") && !again.errors.contains("damaged or unreadable"))
    #expect(Set(flows(again).map { $0.contains("openssh") }) == [true, false])
    _ = try Command.shell("cp \(files[1]) \(missing)")
    let mended = try analyze(files + [missing], state: state)
    #expect(mended.status == 0 && mended.errors.isEmpty, "\(mended.errors)")
    #expect(try doneBefore(mended) == 4)
    #expect(try summary(mended) == summary(analyze(files + [missing])))
  }

  @Test func `Folders, lists and archives go on too, with the state file among the captures`()
    throws
  {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let state = folder("state")
    _ = folder.file("notes.txt", Array("no capture".utf8))
    _ = try Command.shell("tar cf all.tar openssh.pcap python.pcap", directory: folder.path)
    let whole = try analyze([folder.path])
    let first = try analyze([folder.path], state: state)
    #expect(try summary(first) == summary(whole))
    let second = try analyze([folder.path], state: state)
    #expect(try doneBefore(second) == 6)
    #expect(try summary(second) == summary(whole) && flows(second).isEmpty)
    #expect(second.status == whole.status)
    // What is named has to be a capture, though a folder may hold others.
    let named = try analyze([folder("notes.txt")], state: state)
    #expect(named.status == 2 && named.errorLines.count == 1, "\(named.errors)")
    let list = folder.file("list", Array((files + files).joined(separator: "\n").utf8))
    let fresh = folder("second-state")
    let twice = try analyze(["--files-from", list], state: fresh)
    #expect(try summary(twice) == summary(analyze(["--files-from", list])))
    let after = try analyze(["--files-from", list], state: fresh)
    #expect(try doneBefore(after) == 8)
    #expect(try summary(after) == summary(twice))
  }

  @Test func `A line that a crash cut is taken away, wherever it was cut`() throws {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let other = try TemporaryFolder()
    let state = other("state")
    let whole = try analyze(files, state: state)
    let bytes = try #require(Place.read(state))
    let ends = bytes.indices.filter { bytes[$0] == 10 }
    #expect(ends.count == 5)
    for (size, done) in [
      (bytes.count - 1, 3), (bytes.count - 40, 3), (ends[2] + 1, 2), (ends[1] + 2, 1),
      (ends[0], 0), (5, 0), (0, 0),
    ] {
      Place.write(bytes.prefix(size), to: state)
      let outcome = try analyze(files, state: state)
      #expect(try doneBefore(outcome) == done)
      #expect(try summary(outcome) == summary(whole))
      #expect(Place.read(state) == bytes)
    }
  }

  @Test func `A state that is none, damaged, hostile or of another question is told in a line`()
    throws
  {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let other = try TemporaryFolder()
    let state = other("state")
    _ = try analyze(files, state: state)
    let good = try #require(Place.text(state))
    let lines = good.split(separator: "\n")
    let huge = lines[2].replacing(#/"flows":\d+/#, with: "\"flows\":1152921504606846976")
    let head = String(lines[0]) + "\n"
    let members = (0..<40_000).map { "\"\($0)\":0" }.joined(separator: ",")
    var contents: [String] = [
      "not a state\n", "not a state", "{}\n", "\(good){}\n",
      good.replacing("\"flows\":", with: "\"flows\":-"), good.replacing("tcp", with: "ip"),
      "\(head)\(huge)\n",
      good.replacing("\"summary\":\"", with: "\"summary\":\"\\u001b[2J"),
      "\(head)\(String(repeating: "[", count: 100_000))\n",
      "\(head){\(members)}\n",
    ]
    #expect(contents[4] != good && contents[5] != good && contents[7] != good)
    contents.append(try #require(Place.read(files[2])).map { "\($0)" }.joined())
    for content in contents {
      Place.write(Array(content.utf8), to: state)
      let outcome = try analyze(files, state: state)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(content.prefix(80))")
      #expect(outcome.output.isEmpty && !outcome.errors.contains("\u{1b}"))
      #expect(Place.text(state) == content)
    }
    Place.write(Array(good.utf8), to: state)
    for words in [
      ["--verdict", "scan"], ["--port", "22"], ["-f", "tcp"], ["--host", "192.0.2.1"],
    ] {
      let outcome = try analyze(words + files, state: state)
      #expect(outcome.status == 2 && outcome.errors.contains("of other options"), "\(words)")
    }
    // A capture that is named by mistake stays as it is.
    let capture = try #require(Place.read(files[2]))
    #expect(try analyze(Array(files.prefix(2)), state: files[2]).status == 2)
    #expect(Place.read(files[2]) == capture)
    for path in ["/no/such/state", "/dev/null", folder.path] {
      let outcome = try analyze(files, state: path)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(outcome.errors)")
    }
    let itself = try analyze(files + [state], state: state)
    #expect(itself.status == 2 && itself.errors.contains("is also an input"))
  }

  @Test func `What needs all inputs, has no end or can't be read twice is refused in a line`()
    throws
  {
    let folder = try TemporaryFolder()
    let state = folder("state")
    for words in [
      ["--join"], ["-c5"], ["--group-by", "day"], ["--mergeable"], ["-w", folder("out")],
      ["--follow"], ["-"],
    ] {
      let outcome = try analyze(words + ["captures/ssh/openssh.pcap"], state: state)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(words): \(outcome.errors)")
      #expect(outcome.errors.contains("--resume"))
    }
    #expect(Place.names(in: folder.path).isEmpty)
  }

  @Test func `Ctrl-C prints what was found so far with status 4, and the next run goes on there`()
    throws
  {
    let folder = try TemporaryFolder()
    let files = try captures(folder)
    let other = try TemporaryFolder()
    let state = other("state")
    let pipe = other("pipe")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    // Two captures, then one that does not end, then two that are not reached.
    let analysis = try Program(
      [Place.binary, "analyze", "--json", "-l", "--resume", state] + [
        files[1], files[2], pipe, files[3], files[0],
      ])
    let feeder = try Program([
      "bash", "-c", "{ cat captures/mqtt/mosquitto.pcap; exec sleep 60; } > \(pipe)",
    ])
    defer { feeder.send(SIGKILL) }
    // The frames of the first two and of the third are counted when all of it is taken.
    let count = try [files[1], files[2], "captures/mqtt/mosquitto.pcap"].reduce(0) { sum, path in
      try sum
        + (JSONText.records(analyze([path]).output).last?["icwscan.summary.counters.received"]?
          .integer ?? 0)
    }
    for _ in 0..<100 where !analysis.text(.errors).contains("\(count) frames read") {
      if Program.blocks(SIGUSR1, process: analysis.identifier) == true { analysis.send(SIGUSR1) }
      _ = try? analysis.wait(for: "\(count) frames read", on: .errors, seconds: 1)
    }
    analysis.send(SIGINT)
    let stopped = try analysis.finish()
    #expect(stopped.status == 4 && stopped.errors.contains("interrupted"), "\(stopped.errors)")
    let records = try JSONText.records(stopped.output)
    let read = Set(records.compactMap { $0.kind == "flow" ? $0["log.file.path"]?.string : nil })
    #expect(read == [files[1], files[2], pipe])
    #expect(
      records.contains { $0.kind == "error" && $0["icwscan.error.kind"]?.string == "interrupted" })
    #expect(records.last?["icwscan.summary.files"]?.integer == 3)
    #expect(records.last?["icwscan.summary.counters.received"]?.integer == count)
    // The pipe is now a file, and not done.
    _ = try Command.shell("rm \(pipe) && cp captures/mqtt/mosquitto.pcap \(pipe)")
    let all = [files[1], files[2], pipe, files[3], files[0]]
    let rest = try analyze(all, state: state)
    #expect(try doneBefore(rest) == 2)
    #expect(try summary(rest) == summary(analyze(all)))
  }

  @Test func `A state that another run uses is not touched`() throws {
    let folder = try TemporaryFolder()
    let state = folder("state")
    let pipe = folder("pipe")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let first = try Program([Place.binary, "analyze", "--resume", state, pipe])
    let feeder = try Program([
      "bash", "-c", "{ cat captures/ssh/openssh.pcap; exec sleep 60; } > \(pipe)",
    ])
    defer { feeder.send(SIGKILL) }
    for _ in 0..<100 where !first.text(.errors).contains("23 frames read") {
      if Program.blocks(SIGUSR1, process: first.identifier) == true { first.send(SIGUSR1) }
      _ = try? first.wait(for: "23 frames read", on: .errors, seconds: 1)
    }
    let second = try Command.icwscan("analyze", "--resume", state, "captures/ssh/openssh.pcap")
    #expect(second.status == 2 && second.errors.contains("another run uses"), "\(second.errors)")
    first.send(SIGINT)
    #expect(try first.finish().status == 4)
  }
}
