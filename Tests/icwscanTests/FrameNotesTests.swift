import Testing

/// What a capture file says of packets beside their bytes.
@Suite struct FrameNotesTests {
  /// A pcapng file of two interfaces, with a flow that was captured on both and one on the second alone.
  private static let capture: [UInt8] = made(names: ["wan0", "dmz\u{1b}0"])

  private static func made(names: [String?]) -> [UInt8] {
    func little(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func option(_ code: UInt8, _ text: String) -> [UInt8] {
      let bytes = Array(text.utf8)
      let padding = [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
      return [code, 0, UInt8(bytes.count), 0] + bytes + padding
    }
    func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
      let length = little(UInt32(body.count + 12))
      return little(type) + length + body + length
    }
    let end: [UInt8] = [0, 0, 0, 0]
    var bytes = block(
      0x0a0d_0d0a, little(0x1a2b_3c4d) + [1, 0, 0, 0] + [UInt8](repeating: 255, count: 8))
    for name in names {
      // LINKTYPE_RAW.
      bytes += block(1, [101, 0, 0, 0] + little(0) + (name.map { option(2, $0) + end } ?? []))
    }
    var time: UInt32 = 1_000
    func packet(_ interface: UInt32, _ source: UInt8, _ text: String, _ comments: [String]) {
      let payload = Array(text.utf8)
      let length = UInt8(28 + payload.count)
      let frame: [UInt8] =
        [
          0x45, 0, 0, length, 0, UInt8(time & 0xFF), 0, 0, 64, 17, 0, 0, 192, 0, 2, source, 192, 0,
          2, 9,
        ]
        + [0x9c, 0x40, 0x0e, 0x73, 0, UInt8(8 + payload.count), 0, 0] + payload
      let padding = [UInt8](repeating: 0, count: (4 - frame.count % 4) % 4)
      let options = comments.flatMap { option(1, $0) } + (comments.isEmpty ? [] : end)
      let size = little(UInt32(frame.count))
      bytes += block(
        6, little(interface) + little(0) + little(time) + size + size + frame + padding + options)
      time += 1
    }
    packet(0, 1, "one", [])
    packet(1, 1, "two!", ["seen by \u{1b}[31mme", "and again"])
    packet(1, 2, "three", (0..<10).map { "note \($0)" })
    return bytes
  }

  @Test func `interfaces and comments of a pcapng file are told of each flow`() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("two.pcapng", Self.capture)
    let flows = try JSONText.records(try Command.icwscan("analyze", "--json", file).output)
      .filter { $0.kind == "flow" }
    try #require(flows.count == 2)
    #expect(flows[0]["icwscan.interfaces"]?.list.compactMap(\.string) == ["wan0", "dmz\u{1b}0"])
    #expect(flows[0]["observer.ingress.interface.name"]?.string == "wan0")
    #expect(
      flows[0]["icwscan.comments"]?.list.compactMap { $0["text"]?.string }
        == ["seen by \u{1b}[31mme", "and again"])
    #expect(flows[0]["icwscan.comments"]?.list.map { $0["packet"]?.integer } == [2, 2])
    #expect(flows[1]["observer.ingress.interface.name"]?.string == "dmz\u{1b}0")
    #expect(flows[1]["icwscan.interfaces"] == nil)
    #expect(flows[1]["icwscan.comments"]?.list.count == 8)
    #expect(flows[1]["icwscan.comments_not_listed"]?.integer == 2)

    let text = try Command.icwscan("analyze", "--explain", file).output
    #expect(text.contains(", on wan0 and dmz\\x1b0"), "\(text)")
    #expect(text.contains("comment in the file: seen by \\x1b[31mme [packet 2]"))
    #expect(text.contains("comments in the file: 2 more"))
    #expect(!text.contains("\u{1b}"))
  }

  @Test func `a written capture keeps the names of the interfaces`() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("two.pcapng", Self.capture)
    let written = folder("written.pcapng")
    #expect(try Command.icwscan("analyze", "-w", written, file).status == 0)
    let flows = try JSONText.records(try Command.icwscan("analyze", "--json", written).output)
      .filter { $0.kind == "flow" }
    #expect(
      flows.first?["icwscan.interfaces"]?.list.compactMap(\.string) == ["wan0", "dmz\u{1b}0"])
    #expect(flows.last?["observer.ingress.interface.name"]?.string == "dmz\u{1b}0")
  }

  @Test func `comments are told of a file that does not name its interfaces`() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("bare.pcapng", Self.made(names: [nil, nil]))
    let flows = try JSONText.records(try Command.icwscan("analyze", "--json", file).output)
      .filter { $0.kind == "flow" }
    #expect(
      flows.first?["icwscan.comments"]?.list.compactMap { $0["text"]?.string }
        == ["seen by \u{1b}[31mme", "and again"])
    #expect(flows.last?["icwscan.comments_not_listed"]?.integer == 2)
  }

  @Test func `interfaces and comments are told of joined captures, whatever joins them`() throws {
    let folder = try TemporaryFolder()
    let files = [
      folder.file("a.pcapng", Self.capture),
      folder.file("b.pcapng", Self.made(names: ["wan0", "lan0"])),
    ]
    let joined = try Command.run([Place.binary, "analyze", "--json", "--join"] + files).output
    let flows = try JSONText.records(joined).filter { $0.kind == "flow" }
    try #require(flows.count == 2)
    #expect(
      flows[0]["icwscan.interfaces"]?.list.compactMap(\.string)
        == ["wan0", "dmz\u{1b}0", "lan0"])
    #expect(flows[0]["icwscan.comments"]?.list.count == 4)
    #expect(flows[1]["icwscan.comments"]?.list.count == 8)
    #expect(flows[1]["icwscan.comments_not_listed"]?.integer == 12)

    let parts = try files.enumerated().map { index, file in
      folder.file(
        "\(index).ndjson",
        Array(try Command.icwscan("analyze", "--mergeable", file).output.utf8))
    }
    #expect(try Command.run([Place.binary, "merge", "--json"] + parts).output == joined)

    // Both have an interface 1, under different names.
    let written = folder("written.pcapng")
    #expect(
      try Command.run([Place.binary, "analyze", "--join", "-w", written] + files).status == 0)
    let again = try JSONText.records(try Command.icwscan("analyze", "--json", written).output)
      .filter { $0.kind == "flow" }
    #expect(
      again.first?["icwscan.interfaces"]?.list.compactMap(\.string)
        == ["wan0", "dmz\u{1b}0", "lan0"])
  }
}
