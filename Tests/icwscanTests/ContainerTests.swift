import Testing

/// Captures in compressed files and archives give what the captures themselves give.
@Suite struct ContainerTests {
  private static let tools: [(suffix: String, command: String)] = [
    ("gz", "gzip -c"), ("bz2", "bzip2 -c"), ("xz", "xz -c"), ("zst", "zstd -qc"),
    ("lz4", "lz4 -qc"),
  ]

  /// The lines of an output with another path in the place of the capture's.
  private func lines(_ outcome: Program.Outcome, _ path: String, as other: String) -> [String] {
    outcome.lines.map { $0.replacing("\"path\":\"\(path)\"", with: "\"path\":\"\(other)\"") }
  }

  @Test func `Every recording gives its records compressed, the second reading included`() throws {
    let folder = try TemporaryFolder()
    let packed = folder("packed.gz")
    for capture in Capture.all {
      _ = try Command.shell("gzip -c \(capture.path) > \(packed)")
      let outcome = try Command.icwscan("analyze", "--json", packed)
      let plain = try Command.icwscan("analyze", "--json", capture.path)
      #expect(outcome.status == plain.status && outcome.errors == plain.errors)
      #expect(lines(outcome, packed, as: capture.path) == plain.lines, "\(capture.path)")
    }
  }

  @Test(arguments: tools.indices)
  func `Every usual compression is undone`(index: Int) throws {
    let (suffix, command) = Self.tools[index]
    guard let program = command.split(separator: " ").first, Place.has(String(program)) else {
      return
    }
    let folder = try TemporaryFolder()
    let packed = folder("x.pcap.\(suffix)")
    let capture = "captures/http/python.pcap"
    let outcome = try Command.shell(
      "\(command) \(capture) > \(packed) && $ICWSCAN analyze --json \(packed)")
    let plain = try Command.icwscan("analyze", "--json", capture)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(lines(outcome, packed, as: capture) == plain.lines)
    let piped = try Command.shell("cat \(packed) | $ICWSCAN analyze --json -")
    #expect(lines(piped, "-", as: capture) == plain.lines)
  }

  @Test func `An archive's flows carry its path as typed and the member's name`() throws {
    let folder = try TemporaryFolder()
    let tar = folder("x.tgz")
    let name = "http/python.pcap"
    let made = try Command.shell(
      "cd captures && gzip -c ssh/openssh.pcap > \(folder.path)/ssh.pcap.gz && "
        + "tar czf \(tar) README.md \(name) -C \(folder.path) ssh.pcap.gz")
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try Command.icwscan("analyze", "--json", tar)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }
    #expect(Set(flows.map { $0["log.file.path"]?.string }) == [tar])
    #expect(flows.map { $0["icwscan.member"]?.string } == [name, name, "ssh.pcap.gz"])
    #expect(
      flows.map { $0["icwscan.verdict.application"]?.string } == ["http", "http", "ssh"])
    let text = try Command.icwscan("analyze", tar).output
    #expect(text.hasPrefix("\(tar) (\(name)):\n") && text.contains("\n\(tar) (ssh.pcap.gz):\n"))
    #expect(text.contains("2 capture files read; 1 other file in folders and archives passed over"))
    let second = try Command.icwscan("analyze", "--json", tar, "-f", "port 3699")
    // The sentences say that they are of what passed the filter.
    let same = second.output.replacing("Of packets that pass the filter: ", with: "")
    #expect(same == outcome.output && same != second.output)
  }

  @Test func `An archive without a capture, and one cut short, are told in a line`() throws {
    let folder = try TemporaryFolder()
    let made = try Command.shell(
      "tar czf none.tgz -C \(Place.root) README.md && "
        + "tar cf cut.tar -C \(Place.root)/captures http/python.pcap ssh/openssh.pcap && "
        + "truncate -s 9000 cut.tar",
      directory: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    let none = try Command.icwscan("analyze", folder("none.tgz"))
    #expect(none.status == 2 && none.errorLines.count == 1)
    #expect(none.errors.contains("none.tgz: no capture in it"))
    let cut = try Command.icwscan("analyze", "--json", folder("cut.tar"))
    #expect(cut.status == 4 && cut.errorLines.count == 1)
    #expect(cut.errors.contains("cut.tar(ssh/openssh.pcap): the file is damaged"))
    let records = try JSONText.records(cut.output)
    #expect(
      records.filter { $0.kind == "flow" }.map { $0["icwscan.verdict.application"]?.string }
        .prefix(2)
        == ["http", "http"])
    #expect(records.first { $0.kind == "error" }?["icwscan.member"]?.string == "ssh/openssh.pcap")
  }

  @Test func `A hostile member name reaches no terminal raw and no disk`() throws {
    let folder = try TemporaryFolder()
    let script = """
      import tarfile
      t = tarfile.open('evil.tar', 'w')
      i = tarfile.TarInfo('../../\\x1b[31mevil\\n.pcap')
      b = open('\(Place.root)/captures/http/python.pcap', 'rb').read()
      i.size = len(b)
      import io
      t.addfile(i, io.BytesIO(b))
      t.close()
      """
    _ = folder.file("make.py", Array(script.utf8))
    let made = try Command.shell("python3 make.py && rm make.py", directory: folder.path)
    #expect(made.status == 0, "\(made.errors)")
    for words in [["analyze", "--json"], ["analyze", "--explain"], ["analyze", "-v"]] {
      let outcome = try Command.run([Place.binary] + words + [folder("evil.tar")])
      #expect(outcome.status == 0)
      #expect(!outcome.output.contains("\u{1b}") && !outcome.errors.contains("\u{1b}"))
    }
    #expect(Place.names(in: folder.path) == ["evil.tar"])
  }
}
