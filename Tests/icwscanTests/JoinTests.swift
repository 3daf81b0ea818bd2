import Glibc
import Testing

/// Inputs that are one: rotated captures, shards, and records that are merged.
@Suite(.enabled(if: Place.has("python3"), "python3 is not installed")) struct JoinTests {
  /// Cuts a capture into files at these record numbers: `split.py CAPTURE FOLDER 3 9 ...`.
  private static let splitter = """
    import struct, sys
    data = open(sys.argv[1], 'rb').read()
    order = '<' if data[:4] in (b'\\xd4\\xc3\\xb2\\xa1', b'\\x4d\\x3c\\xb2\\xa1') else '>'
    cuts = [int(n) for n in sys.argv[3:]]
    place, number, part, parts = 24, 0, data[:24], []
    while place < len(data):
        if number in cuts:
            parts.append(part)
            part = data[:24]
        size = struct.unpack(order + 'I', data[place + 8:place + 12])[0]
        part += data[place:place + 16 + size]
        place += 16 + size
        number += 1
    parts.append(part)
    for index, part in enumerate(parts):
        open(sys.argv[2] + '/part%d.pcap' % index, 'wb').write(part)
    """

  /// A capture in parts.
  private func split(_ capture: String, _ cuts: Int..., into folder: TemporaryFolder) throws {
    let script = folder.file("split.py", Array(Self.splitter.utf8))
    let outcome = try Command.run(
      ["python3", script, capture, folder.path] + cuts.map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    _ = try Command.run(["rm", script])
  }

  /// Records without what a joined run tells of files and places.
  private func facts(_ output: String) throws -> [[String?]] {
    try JSONText.records(output).filter { $0.kind == "flow" }.map { flow in
      [
        flow["network.community_id"]?.string, flow["icwscan.verdict.class"]?.string,
        flow["icwscan.verdict.application"]?.string, flow["event.start"]?.string,
        flow["event.end"]?.string, flow["network.packets"]?.integer.map(String.init),
        flow["network.bytes"]?.integer.map(String.init), flow["icwscan.tcp_state"]?.string,
        flow["icwscan.client_counters.payload_bytes"]?.integer.map(String.init),
        flow["icwscan.server_counters.payload_bytes"]?.integer.map(String.init),
        flow["icwscan.client_ground"]?.string,
      ]
    }
  }

  @Test(.enabled(if: Place.has("tar"), "tar is not installed"))
  func `Captures in an archive are joined in the order of their times, and so are their records`()
    throws
  {
    let folder = try TemporaryFolder()
    try split("captures/ssh/openssh.pcap", 2, 7, into: folder)
    let archive = folder("rotated.tar")
    let packed = try Command.run([
      "tar", "cf", archive, "-C", folder.path, "part2.pcap", "part0.pcap", "part1.pcap",
    ])
    #expect(packed.status == 0)
    let whole = try facts(
      try Command.icwscan("analyze", "--json", "captures/ssh/openssh.pcap").output)
    let joined = try Command.icwscan("analyze", "--json", "--join", archive)
    #expect(try facts(joined.output) == whole)
    let records = folder.file(
      "records", Array(try Command.icwscan("analyze", "--mergeable", archive).output.utf8))
    #expect(try Command.icwscan("merge", "--json", records).output == joined.output)
  }

  @Test(arguments: [
    "captures/ssh/openssh.pcap", "captures/http/python.pcap", "captures/mqtt/mosquitto.pcap",
    "captures/redis/redis.pcap", "captures/smtp/aiosmtpd.pcap",
  ])
  func `A conversation over rotated files is one flow, whatever the order of the words`(
    _ capture: String
  ) throws {
    guard Capture.all.contains(where: { $0.path == capture }) else { return }
    let folder = try TemporaryFolder()
    try split(capture, 2, 7, into: folder)
    let parts = (0..<3).map { folder("part\($0).pcap") }
    let whole = try Command.icwscan("analyze", "--json", capture)
    let joined = try Command.run([Place.binary, "analyze", "--json", "--join"] + parts)
    #expect(joined.status == 0 && joined.errors.isEmpty, "\(joined.errors)")
    #expect(try facts(joined.output) == facts(whole.output))
    let turned = try Command.run([Place.binary, "analyze", "--json", "--join"] + parts.reversed())
    #expect(turned.output == joined.output)
    let first = try #require(JSONText.records(joined.output).first { $0.kind == "flow" })
    #expect(first["icwscan.files"]?.list.map { $0["path"]?.string } == parts)
    let apart = try Command.run([Place.binary, "analyze", "--json"] + parts)
    #expect(try facts(apart.output).count > facts(whole.output).count)
    let text = try Command.run([Place.binary, "analyze", "--join"] + parts).output
    #expect(text.contains("in 3 files") && text.contains("3 capture files read"))
  }

  @Test func `A copy of a file adds a copy of every packet`() throws {
    let capture = "captures/postgresql/postgresql.pcap"
    let folder = try TemporaryFolder()
    let copy = folder.file("copy.pcap", try #require(Place.read("\(Place.root)/\(capture)")))
    let alone = try #require(
      JSONText.records(Command.icwscan("analyze", "--json", capture).output).first)
    let both = try #require(
      JSONText.records(Command.icwscan("analyze", "--json", "--join", capture, copy).output).first)
    let packets = try #require(alone["network.packets"]?.integer)
    #expect(alone["icwscan.duplicates"]?.integer == 0)
    #expect(both["icwscan.duplicates"]?.integer == packets)
    #expect(both["network.packets"]?.integer == 2 * packets)
    let text = try Command.icwscan("analyze", "--explain", "--join", capture, copy).output
    #expect(text.contains("  files: \(copy), \(capture)\n"))
  }

  @Test func `A joined run that ends in the middle of a capture has read it`() throws {
    let capture = "captures/postgresql/postgresql.pcap"
    for inputs in [[capture], [capture, "captures/redis"]] {
      let outcome = try Command.run(
        [Place.binary, "analyze", "--json", "--join", "-c", "3"] + inputs)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(try JSONText.records(outcome.output).last?.kind == "summary")
    }
    let ticket = try Command.icwscan("analyze", "--report", "md", "--join", "-c", "3", capture)
    #expect(ticket.status == 0 && ticket.output.hasPrefix("**3699/tcp"))
  }

  @Test func `Each recording joined with nothing gives its flows`() throws {
    for capture in Capture.all where !capture.path.contains("icw") {
      let whole = try Command.icwscan("analyze", "--json", capture.path)
      let joined = try Command.icwscan("analyze", "--json", "--join", capture.path)
      #expect(try facts(joined.output) == facts(whole.output), "\(capture.path)")
    }
  }

  @Test func `-w of joined files holds their packets in the order of time`() throws {
    let folder = try TemporaryFolder()
    let capture = "captures/ssh/openssh.pcap"
    try split(capture, 5, into: folder)
    let written = folder("w.pcap")
    let outcome = try Command.icwscan(
      "analyze", "--join", "-w", written, folder("part1.pcap"), folder("part0.pcap"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let again = try Command.icwscan("analyze", "--json", written)
    let whole = try Command.icwscan("analyze", "--json", capture)
    // The written file has nanoseconds.
    let trim: ([String?]) -> [String?] = { fact in
      fact.map { text in
        guard let text, text.hasSuffix("Z") else { return text }
        return String(text.dropLast().reversed().drop { $0 == "0" }.reversed())
      }
    }
    #expect(try facts(again.output).map(trim) == facts(whole.output).map(trim))
  }

  /// Three shards: one flow goes over two of them, one file is damaged, one is an archive.
  private func shards(_ folder: TemporaryFolder) throws -> [[String]] {
    try split("captures/ssh/openssh.pcap", 9, into: folder)
    let made = try Command.shell(
      "head -c 700 captures/http/python.pcap > \(folder("damaged.pcap")) && "
        + "tar czf \(folder("a.tgz")) captures/nmap captures/icw-reconstructed-spirits && "
        + "cp captures/dns/*.pcap captures/quic/*.pcap \(folder.path)/")
    #expect(made.status == 0, "\(made.errors)")
    let others = Place.names(in: folder.path).filter {
      $0.hasSuffix(".pcap") && !$0.hasPrefix("part") && $0 != "damaged.pcap"
    }
    return [
      ["part0.pcap", "damaged.pcap"], ["part1.pcap", "a.tgz"], others,
    ]
  }

  @Test func `Records of shards merge into those of one run, byte for byte`() throws {
    let folder = try TemporaryFolder()
    let shards = try shards(folder)
    var files: [String] = []
    for (index, shard) in shards.enumerated() {
      let outcome = try Command.run(
        [Place.binary, "analyze", "--mergeable"] + shard, directory: folder.path)
      #expect(outcome.status == (index == 0 ? 4 : 0), "\(outcome.errors)")
      files.append(folder.file("shard\(index).ndjson", Array(outcome.output.utf8)))
    }
    let one = try Command.run(
      [Place.binary, "analyze", "--join", "--json"] + shards.joined(), directory: folder.path)
    #expect(one.status == 4)
    for order in [files, files.reversed()] {
      let merged = try Command.run([Place.binary, "merge", "--json"] + order)
      #expect(merged.status == 4)
      for (left, right) in zip(merged.lines, one.lines) { #expect(left == right) }
      #expect(merged.output == one.output && merged.errors == one.errors)
    }
    let piped = try Command.shell("cat \(files.joined(separator: " ")) | $ICWSCAN merge --json -")
    #expect(piped.output == one.output)
    let flow = try #require(
      JSONText.records(one.output).first { $0["icwscan.verdict.application"]?.string == "ssh" })
    #expect(flow["network.packets"]?.integer == 23)
    #expect(flow["icwscan.files"]?.list.map { $0["path"]?.string } == ["part0.pcap", "part1.pcap"])
    // Narrowing and groups come after the merge.
    let narrowed = try Command.run(
      [Place.binary, "merge", "--json", "--verdict", "scan", "--group-by", "day"] + files)
    let same = try Command.run(
      [
        Place.binary, "analyze", "--join", "--json", "--verdict", "scan", "--group-by", "day",
      ] + shards.joined(), directory: folder.path)
    #expect(narrowed.output == same.output)
    let text = try Command.run([Place.binary, "merge"] + files)
    let whole = try Command.run(
      [Place.binary, "analyze", "--join"] + shards.joined(), directory: folder.path)
    #expect(text.output == whole.output)
  }

  @Test(.enabled(if: Validator.isInstalled, "python3 with jsonschema is not installed"))
  func `Mergeable, joined and merged records validate against the schema`() throws {
    let folder = try TemporaryFolder()
    let shards = try shards(folder)
    for words in [["--mergeable"], ["--join", "--json"]] {
      let outcome = try Command.run(
        [Place.binary, "analyze"] + words + shards.joined(), directory: folder.path)
      #expect(try Validator.check(outcome.output).isEmpty)
    }
  }

  @Test func `Records that can't be merged, damaged ones and none are told in a line`() throws {
    let folder = try TemporaryFolder()
    let good = try Command.icwscan("analyze", "--mergeable", "captures/ssh/openssh.pcap")
    let plain = try Command.icwscan("analyze", "--json", "captures/ssh/openssh.pcap")
    let notMergeable = folder.file("plain", Array(plain.output.utf8))
    let outcome = try Command.icwscan("merge", notMergeable)
    #expect(outcome.status == 2 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("write them with icwscan analyze --mergeable"))
    // A capture has bad lines alone, and is answered with what makes records of it.
    let capture = try Command.icwscan("merge", "captures/ssh/openssh.pcap")
    #expect(capture.status == 2 && capture.errorLines.count == 1)
    #expect(capture.errors.contains("write them with icwscan analyze --mergeable"))
    #expect(!capture.errors.contains("is no record"))
    let other = folder.file(
      "other",
      Array(good.output.replacing(#""schema_version":1"#, with: #""schema_version":9"#).utf8))
    let elsewhere = try Command.icwscan("merge", other)
    #expect(
      elsewhere.status == 2 && elsewhere.errors.contains("line 1 is no record of this version"))
    var lines = good.lines
    lines.insert("{\"icwscan\":{\"record\":\"packet\"}}", at: 3)
    lines.insert(String(repeating: "[", count: 100_000), at: 5)
    let damaged = folder.file("damaged", Array((lines.joined(separator: "\n") + "\n").utf8))
    let partial = try Command.icwscan("merge", "--json", damaged)
    #expect(partial.status == 4 && partial.errorLines.count == 1)
    #expect(partial.errors.contains("line 4 is no record of this version, and 1 more"))
    #expect(try facts(partial.output) == facts(plain.output))
    let cut = folder.file("cut", Array(good.output.utf8.prefix(good.output.utf8.count / 2)))
    let half = try Command.icwscan("merge", cut)
    #expect(half.status == 4 && half.errors.contains("have no end"))
    #expect(try Command.icwscan("merge", "/no/such").status == 2)
    #expect(try Command.icwscan("merge").status == 2)
    for words in [["--join"], ["--group-by", "day"], ["--verdict", "scan"], ["-c5"]] {
      let refused = try Command.run([Place.binary, "analyze", "captures", "--mergeable"] + words)
      #expect(refused.status == 2 && refused.errorLines.count == 1)
    }
  }

  @Test(arguments: [false, true])
  func `Ctrl-C ends the search for a record behind damage, wherever that begins`(
    _ hasFrame: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let capture = try #require(Place.read("\(Place.root)/captures/dns/dnsmasq.pcap"))
    let first = 40 + capture[32..<36].reversed().reduce(0) { $0 << 8 | Int($1) }
    let file = folder.file("hole.pcap", capture.prefix(hasFrame ? first : 24))
    // Zeros that take no room, and would take minutes.
    #expect(try Command.run(["truncate", "-s", "16G", file]).status == 0)
    let analysis = try Program([Place.binary, "analyze", "--json", "--join", file])
    for _ in 0..<1_000 where Program.blocks(SIGUSR1, process: analysis.identifier) == false {
      usleep(10_000)
    }
    // With its first frame it says that it has come to the search; else it looks for that frame.
    for _ in 0..<60 where hasFrame && !analysis.text(.errors).contains("1 frame") {
      analysis.send(SIGUSR1)
      _ = try? analysis.wait(for: "1 frame", on: .errors, seconds: 1)
    }
    #expect(!hasFrame || analysis.text(.errors).contains("1 frame"))
    let begun = Program.now
    analysis.send(SIGINT)
    let ended = try analysis.finish()
    #expect(Program.now - begun < 15)
    #expect(ended.status == 4 && ended.errors.contains("interrupted"), "\(ended.errors)")
    let received = try JSONText.records(ended.output).last?["icwscan.summary.counters.received"]
    #expect(received?.integer ?? 0 == (hasFrame ? 1 : 0))
  }

  @Test func `Changed records never crash a merge`() throws {
    let folder = try TemporaryFolder()
    let good = Array(
      try Command.icwscan("analyze", "--mergeable", "captures/http", "captures/dns").output.utf8)
    var state: UInt64 = 3_699
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<40 {
      var bytes = good
      for _ in 0..<20 { bytes[next(bytes.count)] = UInt8(32 + next(95)) }
      let outcome = try Command.icwscan("merge", folder.file("changed", bytes))
      #expect([0, 2, 4].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
    }
  }
}
