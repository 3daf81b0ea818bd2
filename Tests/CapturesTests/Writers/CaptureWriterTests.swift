import Captures
import Glibc
import Testing

@Suite struct CaptureWriterTests {
  static let frame: [UInt8] =
    FrameBytes.ethernet(0x0800, FrameBytes.ipv4(6, FrameBytes.ports(3699, 40_000)))

  /// Writes frames of two interfaces of different links, with everything that pcapng holds.
  static func write(_ path: String) throws -> CaptureError? {
    var writer = try CaptureWriter(path: path, application: "a test")
    writer.write(
      frame.span, length: 1500, nanoseconds: 1_600_000_000_123_456_789, linkType: 1, interface: 0,
      name: "eth0", comment: "först\n\u{1b}[31m")
    var process = ProcessInformation(process: 77, startNanoseconds: 5)
    process.name = Array("name".utf8)
    process.parent = 1
    writer.writeProcess(process)
    writer.writeProcess(process)
    writer.write(
      FrameBytes.ipv4(17, FrameBytes.ports(1, 3699)).span, length: 40,
      nanoseconds: 1_600_000_001_000_000_000, linkType: 12, interface: 1, name: nil,
      process: ProcessThread(process: 77, thread: 78), direction: .inbound)
    writer.writeName("host.example", of: [192, 0, 2, 1])
    writer.write(
      [UInt8](repeating: 7, count: 300_000).span, length: 300_000, nanoseconds: -5, linkType: 1,
      interface: 0, name: "eth0")
    var statistics = CaptureStatistics()
    statistics.received = 3
    statistics.dropped = 2
    writer.writeStatistics(
      statistics, nanoseconds: 1_600_000_002_000_000_000, since: 1_600_000_000_000_000_000,
      linkType: 1, interface: 0, name: "eth0")
    return writer.finish()
  }

  @Test func `what is written is read back`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    #expect(try Self.write(scratch.path) == nil)
    let reading = Reading(scratch.bytes)
    #expect(reading.error == nil)
    #expect(
      reading.frames == [
        Shown(
          Self.frame, length: 1500, at: 1_600_000_000_123_456_789,
          comments: ["först\n\u{1b}[31m"]),
        Shown(
          FrameBytes.ipv4(17, FrameBytes.ports(1, 3699)), length: 40, at: 1_600_000_001_000_000_000,
          linkType: 12, interface: 1, process: ProcessThread(process: 77, thread: 78),
          direction: .inbound),
        Shown([UInt8](repeating: 7, count: 262_144), length: 300_000, at: 0),
      ])
    let file = try CaptureFile(path: scratch.path)
    #expect(file.interface(0)?.name == Array("eth0".utf8) && file.isNanosecond)
  }

  @Test func `a process is written once, as Wireshark reads it`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    var writer = try CaptureWriter(path: scratch.path, application: "")
    let before = scratch.bytes.count
    var process = ProcessInformation(process: 0x0102_0304, startNanoseconds: 0x0506_0708)
    process.name = Array("abcde".utf8)
    process.user = 1000
    for _ in 0..<3 { writer.writeProcess(process) }
    #expect(writer.flush() == nil)
    let body: [UInt8] =
      [0x6e, 0x7f, 0, 0, 3, 0, 0, 0, 40, 0, 0, 0, 4, 3, 2, 1]
      + [2, 0, 5, 0, 97, 98, 99, 100, 101, 0, 0, 0] + [6, 0, 4, 0, 0xe8, 3, 0, 0]
      + [9, 0, 8, 0, 8, 7, 6, 5, 0, 0, 0, 0] + [0, 0, 0, 0]
    let total = UInt8(body.count + 12)
    let block = [0xad, 0x0b, 0, 0, total, 0, 0, 0] + body + [total, 0, 0, 0]
    #expect(before == 0 && Array(scratch.bytes.suffix(block.count)) == block)
    let count = scratch.bytes.count
    // Another start is another process.
    process.startNanoseconds = 1
    writer.writeProcess(process)
    #expect(writer.flush() == nil && scratch.bytes.count == count + block.count)
  }

  @Test func `a name is written once, in a name resolution block`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    var writer = try CaptureWriter(path: scratch.path, application: "")
    for _ in 0..<2 { writer.writeName("a.nl", of: [192, 0, 2, 1]) }
    #expect(writer.flush() == nil)
    let body: [UInt8] =
      [1, 0, 9, 0, 192, 0, 2, 1, 97, 46, 110, 108, 0, 0, 0, 0] + [0, 0, 0, 0]
    let block: [UInt8] = [4, 0, 0, 0, 32, 0, 0, 0] + body + [32, 0, 0, 0]
    let count = scratch.bytes.count
    #expect(Array(scratch.bytes.suffix(block.count)) == block)
    writer.writeName("", of: [192, 0, 2, 2])
    writer.writeName("x", of: [1])
    #expect(writer.flush() == nil && scratch.bytes.count == count)
  }

  @Test(.enabled(if: Program.path("capinfos") != nil, "needs capinfos"))
  func `each device has its statistics, also one without a packet`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    var writer = try CaptureWriter(path: scratch.path, application: "")
    writer.write(
      Self.frame.span, length: 60, nanoseconds: 1, linkType: 1, interface: 0, name: "eth0")
    for (number, name) in ["eth0", "eth1"].enumerated() {
      writer.writeStatistics(
        CaptureStatistics(), nanoseconds: 9, since: 1, linkType: 1, interface: number, name: name)
    }
    #expect(writer.finish() == nil)
    let result = try #require(Program.run("capinfos", scratch.path))
    #expect(result.output.contains("Number of interfaces in file: 2"))
    #expect(result.output.contains("Name = eth1"))
    #expect(
      result.output.split(separator: "\n").filter { $0.contains("Number of stat entries = 1") }
        .count == 2)
  }

  @Test func `a name that ends in pcap makes a file of nanoseconds with one link type`() throws {
    let scratch = Scratch(suffix: ".pcap")
    let error = try Self.write(scratch.path)
    #expect(error?.failure == .mixedLinkTypes(first: 1, other: 12))
    let reading = Reading(scratch.bytes)
    #expect(scratch.bytes.prefix(4) == [0x4d, 0x3c, 0xb2, 0xa1])
    #expect(reading.error == nil)
    #expect(reading.frames == [Shown(Self.frame, length: 1500, at: 1_600_000_000_123_456_789)])
  }

  @Test(arguments: [".pcap", ".pcapng"])
  func `a file without a packet is valid`(suffix: String) throws {
    let scratch = Scratch(suffix: suffix)
    var writer = try CaptureWriter(path: scratch.path, application: "a test")
    #expect(writer.finish() == nil)
    let reading = Reading(scratch.bytes)
    #expect(reading.error == nil && reading.frames.isEmpty)
    let count = LibraryReading(scratch.path)?.frames.count
    #expect(count == 0)
  }

  @Test(arguments: [".pcap", ".pcapng"])
  func `libpcap reads what is written`(suffix: String) throws {
    let scratch = Scratch(suffix: suffix)
    var writer = try CaptureWriter(path: scratch.path, application: "a test")
    for number in 0..<100 {
      writer.write(
        Self.frame.span, length: 60 + number, nanoseconds: Int64(number) * 1_000_000_001,
        linkType: 1, interface: 0, name: "eth0", comment: number == 3 ? "three" : nil)
    }
    #expect(writer.finish() == nil)
    let library = try #require(LibraryReading(scratch.path))
    #expect(library.frames.count == 100 && library.error == nil)
    #expect(library.frames.last?.length == 159)
    #expect(library.frames.last?.nanoseconds == 99_000_000_099)
  }

  @Test func `a long comment is cut between two characters`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    var writer = try CaptureWriter(path: scratch.path, application: "")
    writer.write(
      Self.frame.span, length: 60, nanoseconds: 0, linkType: 1, interface: 0, name: nil,
      comment: "a" + String(repeating: "ö", count: 10_000))
    #expect(writer.finish() == nil)
    let comment = try #require(Reading(scratch.bytes).frames.first?.comments.first)
    #expect(comment.count == 8191 && String(validating: comment, as: UTF8.self) != nil)
  }

  @Test
  func `a device without space is told when the file is flushed, and later packets are dropped`()
    throws
  {
    var writer = try CaptureWriter(path: "/dev/full", application: "a test")
    #expect(writer.flush()?.failure == .outOfSpace)
    writer.write(
      Self.frame.span, length: 60, nanoseconds: 0, linkType: 1, interface: 0, name: nil)
    #expect(writer.finish()?.failure == .outOfSpace)
  }

  @Test func `a pipe whose reader has gone is broken`() throws {
    signal(SIGPIPE, SIG_IGN)
    let scratch = Scratch()
    let path = scratch.path + ".fifo"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    defer { _ = unsafe unlink(path) }
    let reader = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    var writer = try CaptureWriter(path: path, application: "a test", isPacketBuffered: true)
    _ = close(reader)
    writer.write(
      Self.frame.span, length: 60, nanoseconds: 0, linkType: 1, interface: 0, name: nil)
    #expect(writer.flush()?.failure == .brokenPipe)
  }

  @Test func `what can't be opened says why`() {
    func failure(_ path: String) -> CaptureError.Failure? {
      do {
        _ = try CaptureWriter(path: path, application: "")
        return nil
      } catch { return error.failure }
    }
    #expect(failure("/nonexistent/file") == .notFound)
    #expect(failure("/") == .isDirectory)
  }

  @Test(arguments: [".pcap", ".pcapng"])
  func `a file is ended and another one begun`(suffix: String) throws {
    let scratch = Scratch(suffix: suffix)
    let moved = scratch.path + ".1"
    defer { _ = unsafe unlink(moved) }
    var writer = try CaptureWriter(path: scratch.path, application: "a test")
    func add() {
      writer.write(
        Self.frame.span, length: 60, nanoseconds: 0, linkType: 1, interface: 0, name: "eth0")
    }
    add()
    #expect(unsafe rename(scratch.path, moved) == 0)
    #expect(writer.finish() == nil)
    let next = unsafe open(scratch.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    try #require(next >= 0)
    writer.goOn(in: next)
    add()
    add()
    #expect(writer.finish() == nil)
    #expect(LibraryReading(moved)?.frames.count == 1)
    #expect(LibraryReading(scratch.path)?.frames.count == 2)
  }

  @Test func `a time beyond what pcap can tell is the last that it can`() throws {
    let scratch = Scratch(suffix: ".pcap")
    var writer = try CaptureWriter(path: scratch.path, application: "a test")
    let last: Int64 = 4_294_967_295_999_999_999
    for time in [last, last + 1, .max] {
      writer.write(
        Self.frame.span, length: 60, nanoseconds: time, linkType: 1, interface: 0, name: nil)
    }
    #expect(writer.finish() == nil)
    var times: [Int64?] = []
    var file = try CaptureFile(path: scratch.path)
    _ = try file.read(most: 9) { frame in
      times.append(frame.nanoseconds)
      return true
    }
    #expect(times == [last, last, last])
  }

  @Test func `what was given to a writer that nobody ended is written`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    func begin() throws {
      var writer = try CaptureWriter(path: scratch.path, application: "a test")
      writer.write(
        Self.frame.span, length: 60, nanoseconds: 0, linkType: 1, interface: 0, name: "eth0")
    }
    try begin()
    #expect(LibraryReading(scratch.path)?.frames.count == 1)
  }

  @Test(.enabled(if: Program.path("capinfos") != nil, "needs capinfos"))
  func `capinfos counts the packets`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    _ = try Self.write(scratch.path)
    let result = try #require(Program.run("capinfos", "-Mc", scratch.path))
    #expect(result.status == 0 && result.output.contains("Number of packets:   3"))
  }

  @Test(.enabled(if: Program.path("tshark") != nil, "needs tshark"))
  func `tshark shows the comments`() throws {
    let scratch = Scratch(suffix: ".pcapng")
    _ = try Self.write(scratch.path)
    let result = try #require(
      Program.run(
        "tshark", "-r", scratch.path, "-T", "fields", "-e", "frame.comment", "-e", "tcp.srcport"))
    #expect(result.status == 0 && result.output.contains("först"))
    #expect(result.output.contains("3699"))
  }

  @Test(
    .enabled(if: Program.path("tcpdump") != nil, "needs tcpdump"), arguments: [".pcap", ".pcapng"])
  func `tcpdump reads one link type`(suffix: String) throws {
    let scratch = Scratch(suffix: suffix)
    var writer = try CaptureWriter(path: scratch.path, application: "a test")
    writer.write(
      Self.frame.span, length: 60, nanoseconds: 1, linkType: 1, interface: 0, name: nil)
    #expect(writer.finish() == nil)
    let result = try #require(Program.run("tcpdump", "-nr", scratch.path, "--nano"))
    #expect(result.status == 0 && result.output.contains("192.0.2.1.3699 > 192.0.2.2.40000"))
  }
}
