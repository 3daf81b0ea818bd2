import Testing

/// Small inputs are analysed at the same time, and told as if it had been one behind the other.
@Suite struct ManyInputsTests {
  @Test func `Many inputs give the records of each by itself, in their order`() throws {
    let folder = try TemporaryFolder()
    // Between captures: one that is compressed, one that is damaged, one that is none, and one that is not there.
    let made = try Command.shell(
      """
      cd \(folder.path) && gzip -c "$OLDPWD/captures/ssh/openssh.pcap" > b.gz &&
      head -c 3000 "$OLDPWD/captures/ssh/openssh.pcap" > c.pcap && echo none > d.txt &&
      tar cf e.tar -C "$OLDPWD/captures/http" . && : > f.pcap
      """)
    #expect(made.status == 0, "\(made.errors)")
    var paths = Capture.all.prefix(40).map(\.path)
    paths.insert(
      contentsOf: ["b.gz", "c.pcap", "d.txt", "none", "e.tar", "f.pcap"].map(folder.callAsFunction),
      at: 17)
    let list = folder.file("list", Array(paths.joined(separator: "\n").utf8))
    for options in [["--json"], [], ["--json", "-f", "tcp"], ["--json", "--verdict", "scan"]] {
      let together = try Command.run(
        [Place.binary, "analyze", "--files-from", list] + options)
      var output = ""
      var errors = ""
      for path in paths {
        let alone = try Command.run([Place.binary, "analyze", path] + options)
        errors += alone.errors
        guard options.contains("--json") else { continue }
        output += alone.lines.filter { !$0.contains(#""record":"summary""#) }.map { $0 + "\n" }
          .joined()
      }
      #expect(together.errors == errors, "\(options)")
      #expect(together.status == 4)
      guard options.contains("--json") else { continue }
      let lines = together.lines.filter { !$0.contains(#""record":"summary""#) }
      #expect(lines.map { $0 + "\n" }.joined() == output, "\(options)")
    }
  }

  @Test func `An input with more to tell than is collected is told in its turn`() throws {
    let folder = try TemporaryFolder()
    var capture = MadeCapture()
    for number in 0..<1_500 {
      let client = MadeCapture.End(host: 1, port: UInt16(10_000 + number))
      capture.greeting(client, MadeCapture.End(host: 2, port: 3_699), "SSH-2.0-OpenSSH_9.2\r\n")
    }
    let large = folder.file("large.pcap", capture.bytes)
    let small = Capture.all.prefix(3).map(\.path)
    let together = try Command.run(
      [Place.binary, "analyze", "--json", small[0], large, small[1], small[2]])
    var output: [String] = []
    for path in [small[0], large, small[1], small[2]] {
      output += try Command.icwscan("analyze", "--json", path).lines.dropLast()
    }
    #expect(together.lines.dropLast() == output[...] && together.output.utf8.count > 1_100_000)
  }

  @Test func `Many inputs count as they are read, and can be taken up again`() throws {
    let folder = try TemporaryFolder()
    let paths = Array(Capture.all.prefix(30).map(\.path))
    let state = folder("state")
    let plain = try Command.run([Place.binary, "analyze", "--json"] + paths)
    let first = try Command.run(
      [Place.binary, "analyze", "--json", "--progress", "json", "--resume", state]
        + paths.prefix(20))
    let second = try Command.run(
      [Place.binary, "analyze", "--json", "--resume", state] + paths)
    #expect(first.lines.dropLast() + second.lines.dropLast() == plain.lines.dropLast())
    let summaries = try [plain, second].map {
      try #require(try JSONText.records($0.output).last)["icwscan.summary.counters.received"]
    }
    #expect(summaries[0] == summaries[1] && summaries[0] != nil)
    let last = try #require(try first.errorLines.map { try JSONText($0) }.last?["progress"])
    #expect(last["bytes"] == last["bytes_total"])
  }
}
