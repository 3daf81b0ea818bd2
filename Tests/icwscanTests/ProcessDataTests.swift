import Glibc
import Testing

/// Processes that a capture file names: read, shown as the file's word, and kept.
@Suite(.enabled(if: Place.has("python3"), "python3 is not installed")) struct ProcessDataTests {
  /// Wraps a capture of Ethernet or raw IP frames in pcapng with process data, as it is called for:
  /// `wrap.py IN.pcap OUT.pcapng ours|ptcpdump|rustnet|apple|bare`. Frames to port 3699 are sent by a client.
  private static let wrapper = """
    import struct, sys
    data, out, kind = open(sys.argv[1], 'rb').read(), open(sys.argv[2], 'wb'), sys.argv[3]
    def pad(b): return b + b'\\0' * (-len(b) % 4)
    def block(t, b): out.write(struct.pack('<II', t, len(b) + 12) + b + struct.pack('<I', len(b) + 12))
    def option(c, b): return struct.pack('<HH', c, len(b)) + pad(b)
    evil = b'ev\\x1b[31mil\\n'
    block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1))
    link, = struct.unpack('<I', data[20:24])
    block(1, struct.pack('<HHI', link, 0, 0))
    def described(pid, name, start):
        entry = struct.pack('<I', pid) + option(2, name) + option(4, name + b'\\0--serve')
        entry += option(6, struct.pack('<I', 1000)) + option(7, b'alice')
        entry += option(9, struct.pack('<Q', start)) + option(0, b'')
        block(0xbad, struct.pack('<III', 32622, 3, len(entry)) + entry)
    if kind == 'ours':
        described(41, evil, 5)
        described(42, b'curl', 5)
    if kind == 'apple':
        for pid, name in (41, evil), (42, b'curl'):
            block(0x80000001, struct.pack('<I', pid) + option(2, name) + option(0, b''))
    place = 24
    while place < len(data):
        s, u, n, length = struct.unpack('<IIII', data[place:place + 16])
        frame = data[place + 16:place + 16 + n]
        place += 16 + n
        ip = frame[0 if link == 101 else 14:]
        toServer = ip[22:24] == struct.pack('>H', 3699)
        pid = 42 if toServer else 41
        sent = option(2, struct.pack('<I', 2))
        options = {
            'ours': option(8, struct.pack('<II', pid, pid)) + sent,
            'bare': option(8, struct.pack('<II', 41, 41)),
            'apple': option(0x8001, struct.pack('<I', pid - 41)) + sent,
            'ptcpdump': option(1, b'PID: %d\\nCmd: /bin/%s\\nArgs: %s --serve' % ((pid,) + 2 * ((b'curl' if toServer else evil),))) + sent,
            'rustnet': option(1, b'rustnet process=evil pid=41 uid=1000 direction=incoming'),
        }[kind] + option(0, b'')
        t = s * 1000000 + u
        block(6, struct.pack('<IIIII', 0, t >> 32, t & 0xffffffff, n, length) + pad(frame) + options)
    """

  /// A connection in process data of this kind.
  private func wrapped(_ kind: String, in folder: TemporaryFolder) throws -> String {
    var capture = MadeCapture()
    let client = MadeCapture.End(host: 2, port: 40_000)
    capture.greeting(client, MadeCapture.End(host: 1, port: 3699), "SSH-2.0-OpenSSH_9.2\r\n")
    let plain = folder.file("plain.pcap", capture.bytes)
    let script = folder.file("wrap.py", Array(Self.wrapper.utf8))
    let outcome = try Command.run(["python3", script, plain, folder("\(kind).pcapng"), kind])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return folder("\(kind).pcapng")
  }

  private func flow(_ file: String) throws -> JSONText {
    let outcome = try Command.icwscan("analyze", "--json", file)
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
    return try #require(try JSONText.records(outcome.output).first { $0.kind == "flow" })
  }

  @Test(arguments: ["ours", "apple", "ptcpdump"])
  func `Both ends are named by the file, and said to be`(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let file = try wrapped(kind, in: folder)
    let flow = try flow(file)
    #expect(flow["icwscan.server_process.pid"]?.integer == 41)
    #expect(flow["icwscan.client_process.pid"]?.integer == 42)
    #expect(flow["icwscan.server_attribution"]?.string == "capture-file")
    #expect(flow["icwscan.client_attribution"]?.string == "capture-file")
    #expect(flow["process.pid"]?.integer == 41)
    #expect(flow["icwscan.client_process.name"]?.string == "curl")
    #expect(flow["process.user.name"]?.string == (kind == "ours" ? "alice" : nil))
    let text = try Command.icwscan("analyze", file).output
    #expect(text.contains("as the file has it"))
    #expect(text.contains("served by "))
    #expect(!text.contains("\u{1b}"))
    if kind == "ours" {
      #expect(text.contains("(pid 41, alice, as the file has it)"))
    }
  }

  @Test func `A connection's direction tells the end, and without any none is said`() throws {
    let folder = try TemporaryFolder()
    let rustnet = try flow(try wrapped("rustnet", in: folder))
    #expect(rustnet["icwscan.server_process.pid"]?.integer == 41)
    #expect(rustnet["icwscan.client_process"] == nil)
    let bare = try flow(try wrapped("bare", in: folder))
    #expect(bare["icwscan.server_process"] == nil && bare["icwscan.client_process"] == nil)
    #expect(bare["icwscan.unplaced_process.pid"]?.integer == 41)
    #expect(bare["process.pid"]?.integer == 41)
    let text = try Command.icwscan("analyze", folder("bare.pcapng")).output
    #expect(text.contains("[one end: a process (pid 41, as the file has it)]"))
    #expect(!text.contains("served by"))
  }

  @Test(arguments: ["ours", "apple", "ptcpdump", "rustnet", "bare"])
  func `What -w writes of such a file names the same processes`(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let file = try wrapped(kind, in: folder)
    let before = try flow(file)
    let written = folder("again.pcapng")
    #expect(try Command.icwscan("analyze", "-w", written, file).status == 0)
    let after = try flow(written)
    for field in ["client_process", "server_process", "unplaced_process", "server_attribution"] {
      #expect(before["icwscan.\(field)"] == after["icwscan.\(field)"], "\(field)")
    }
    if Place.has("tshark") {
      let shown = try Command.run(["tshark", "-r", written, "-Y", "tcp"])
      #expect(shown.status == 0 && shown.lines.count == 7, "\(shown.errors)")
    }
  }

  @Test(arguments: ["ours", "ptcpdump", "rustnet"])
  func `Joined and merged inputs name them as well`(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let file = try wrapped(kind, in: folder)
    let joined = try Command.icwscan("analyze", "--json", "--join", file)
    let records = try Command.icwscan("analyze", "--mergeable", file)
    let merged = try Command.icwscan(
      "merge", "--json", folder.file("one.ndjson", Array(records.output.utf8)))
    #expect(joined.output == merged.output && !joined.output.isEmpty)
    let flow = try #require(try JSONText.records(joined.output).first { $0.kind == "flow" })
    #expect(flow["icwscan.server_process.pid"]?.integer == 41)
    #expect(try self.flow(file)["icwscan.server_process"] == flow["icwscan.server_process"])
  }
}
