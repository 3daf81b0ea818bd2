import Testing

/// Words that were meant otherwise are answered with what was meant.
@Suite struct MistypedWordsTests {
  private let file = "captures/http/nginx.pcap"

  @Test func `A bad filter is wrong usage, with the reason`() throws {
    for words in [["-r", file, "host", "and"], ["analyze", "-f", "prot 3699", file]] {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("filter"))
    }
  }

  @Test func `An option of another command is answered with that command`() throws {
    let rows = [
      (["analyze", "--hash", file], "(an option of owner: icwscan owner --help)"),
      (["owner", "--verdict", "scan"], "(an option of analyze, merge: icwscan analyze --help)"),
      (["owner", "-Z", "root"], "(an option of live: icwscan live --help)"),
      (["analyze", "--nothing-like-it", file], "(icwscan analyze --help shows the usage)"),
      (["-i", "owner", "--nothing-like-it"], "(icwscan --help shows the usage)"),
    ]
    for (words, part) in rows {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
    }
  }

  @Test func `A port, a duration or an address in another form is answered with the right form`()
    throws
  {
    let rows = [
      (["owner", "8443"], "another port: icwscan owner --port 8443"),
      (["owner", "3699"], "that port is looked at anyway: icwscan owner"),
      (["owner", "-p", "22"], "a port: icwscan owner --port NUMBER"),
      (["live", "--duration", "5s"], "seconds are a number alone, such as 60"),
      (["analyze", "--host", "10.31.4", file], "or a prefix such as 10.31.4.0/24"),
    ]
    for (words, part) in rows {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
    }
  }

  @Test func `Help in front of the command, or for a mistyped one, is that command's`() throws {
    let wanted = try Command.icwscan("owner", "--help")
    for words in [["-h", "owner"], ["--help", "owner"], ["help", "owner"], ["help", "ownr"]] {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 0 && outcome.output == wanted.output, "\(words)")
    }
  }

  @Test func `A file or a mistyped command without its command is answered with the right words`()
    throws
  {
    let rows = [
      ([file], "icwscan analyze \(file)"),
      (
        ["anaylze", file],
        "icwscan: 'anaylze' is no command: icwscan analyze? As a filter: bad filter"
      ),
      (["nonsense"], "nonsense is no command either"), (["8443"], "icwscan --port 8443"),
      (["report", file], "to read a file: icwscan analyze \(file)"),
      (["gone.pcap"], "icwscan analyze gone.pcap"),
      (["--port", "22", "owner"], "icwscan owner ..."),
    ]
    for (words, part) in rows {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
    }
  }
}
