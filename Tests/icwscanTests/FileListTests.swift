import Testing

/// Inputs named in a list.
@Suite struct FileListTests {
  private let captures = ["captures/ssh/openssh.pcap", "captures/http/python.pcap"]

  @Test func `A list, a list that ends in zero bytes and standard input give what the words give`()
    throws
  {
    let folder = try TemporaryFolder()
    let plain = try Command.run([Place.binary, "analyze", "--json"] + captures).output
    let lines = folder.file("list", Array((captures.joined(separator: "\n") + "\n\n").utf8))
    let zeros = folder.file("zeros", Array(captures.map { $0 + "\0" }.joined().utf8))
    #expect(try Command.icwscan("analyze", "--json", "--files-from", lines).output == plain)
    #expect(try Command.icwscan("analyze", "--json", "-0", "--files-from", zeros).output == plain)
    #expect(
      try Command.icwscan("analyze", "--json", "--files-from", "-", input: lines).output == plain)
    #expect(
      try Command.icwscan("analyze", "--json", captures[0], "--files-from", lines).output != plain)
  }

  @Test func `A name with a line feed is a name where names end in zero bytes`() throws {
    let folder = try TemporaryFolder()
    let made = try Command.shell("cp \(captures[0]) $'\(folder.path)/a\\nb.pcap'")
    #expect(made.status == 0)
    let found = try Command.shell(
      "find \(folder.path) -name '*.pcap' -print0 | $ICWSCAN analyze --json -0 --files-from -")
    #expect(found.status == 0 && found.errors.isEmpty)
  }

  @Test func `What is wrong with a list is one line`() throws {
    let folder = try TemporaryFolder()
    let zeros = folder.file("zeros", Array("a\0b\0".utf8))
    let empty = folder.file("empty", [])
    let missing = folder.file("missing", Array("\(captures[0])\n/no/such\n".utf8))
    for words in [
      ["--files-from", "/no/such"], ["--files-from", zeros], ["-0", captures[0]],
      ["--files-from", empty], [],
    ] {
      let outcome = try Command.run([Place.binary, "analyze"] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1, "\(words) \(outcome.errors)")
    }
    let partial = try Command.icwscan("analyze", "--files-from", missing)
    #expect(partial.status == 4 && partial.errors.contains("/no/such: no such file"))
  }
}
