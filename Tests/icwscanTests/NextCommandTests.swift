import Testing

/// The commands behind `next:`, typed into a shell.
@Suite struct NextCommandTests {
  private let file = "captures/undetermined/random.pcap"

  /// Runs `analyze` with these words and then, in a shell, the command that its summary offers behind `aim`.
  private func follow(_ aim: String, _ words: [String]) throws -> (line: String, Program.Outcome) {
    let outcome = try Command.run([Place.binary, "analyze"] + words)
    let line = try #require(
      outcome.output.split(separator: "\n").first { $0.hasPrefix("next: \(aim)") })
    let command = try #require(line.split(separator: ": icwscan ", maxSplits: 1).last)
    return (
      String(line), try Command.run(["bash", "-c", "\(Place.binary) \(command)"])
    )
  }

  @Test func `What explains a verdict repeats all that chose the flow`() throws {
    let folder = try TemporaryFolder()
    let rules = folder.file("-own 'rules", Array("# none\n".utf8))
    let (line, shown) = try follow(
      "see why",
      [
        "-f", "ip proto \\tcp or (udp)", "--rules", rules, "--since", "2003-05-01T00:00:00.5Z",
        "--until", "2099-01-01", "--host", "0.0.0.0/0", "--host", "::/0", "--verdict",
        "undetermined,scan", "-c", "100000", file,
      ])
    #expect(shown.status == 0 && shown.errors.isEmpty, "\(line)\n\(shown.errors)")
    #expect(shown.output.contains("  verdict: undetermined"))
    for part in [
      " -f 'ip proto \\tcp or (udp)' ", " --since 2003-05-01T00:00:00.500000000Z ",
      " --until 2099-01-01T00:00:00Z ", " --host 0.0.0.0/0 --host ::/0 ", " -c 100000 ",
    ] {
      #expect(line.contains(part), "\(line)")
    }
    #expect(!line.contains("undetermined,scan"))
  }

  @Test func `Where the filter or the selection was too narrow, the command is wider`() throws {
    let (_, unfiltered) = try follow("nothing of port", ["-f", "host 203.0.113.99", file])
    #expect(unfiltered.status == 0)
    let (line, whole) = try follow(
      "the selection left", ["-f", "tcp or udp", "--host", "203.0.113.99", file])
    #expect(whole.status == 0 && line.contains(" -f 'tcp or udp' ") && !line.contains("--host"))
  }

  @Test func `A redacted run tells nothing of its options`() throws {
    let folder = try TemporaryFolder()
    let rules = folder.file("secret.rules", Array("# none\n".utf8))
    let outcome = try Command.run([
      Place.binary, "analyze", "--redact", "-f", "not host 203.0.113.99", "--host", "0.0.0.0/0",
      "--icw-server", "203.0.113.98", "--rules", rules, file,
    ])
    #expect(outcome.status == 0)
    #expect(
      outcome.output.contains(
        "undetermined --icw-server PREFIX --rules FILE -f FILTER --host ADDRESS CAPTURES"))
    for secret in ["203.0.113.9", "secret.rules", "0.0.0.0/0"] {
      #expect(!outcome.output.contains(secret))
    }
  }
}
