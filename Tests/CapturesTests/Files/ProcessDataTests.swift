import Captures
import Testing

/// What capture files tell of processes, after the formats' publications; every file is made by hand.
@Suite struct ProcessDataTests {
  private static let frame: [UInt8] = [1, 2, 3, 4]

  /// The processes of a file's frames, nil where none is named.
  private func processes(_ bytes: [UInt8]) throws -> [FrameProcess?] {
    let scratch = Scratch()
    scratch.fill(bytes)
    var file = try CaptureFile(descriptor: scratch.again(), name: "bytes")
    var found: [FrameProcess?] = []
    while try file.read(
      most: 100,
      { frame in
        found.append(frame.process)
        return true
      }) > 0
    {}
    return found
  }

  /// An option whose numbers are least significant byte first.
  private static func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
    var bytes = Bytes()
    bytes.add(code)
    bytes.add(UInt16(value.count))
    bytes.add(value)
    bytes.pad()
    return bytes.all
  }

  private static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    var bytes = Bytes()
    bytes.add(value)
    return bytes.all
  }

  /// The body of Wireshark's block in a section of this byte order.
  private static func body(_ process: UInt32, _ options: [UInt8], bigEndian: Bool = false)
    -> [UInt8]
  {
    var head = Bytes(isBigEndian: bigEndian)
    head.add(UInt32(32_622))
    let entry = number(process) + options
    return head.all + number(UInt32(3)) + number(UInt32(entry.count)) + entry
  }

  private static let full =
    option(2, Array("cu\u{1b}rl".utf8)) + option(3, Array("/usr/bin/curl".utf8))
    + option(4, Array("curl\0-s\0http://x/".utf8)) + option(5, number(UInt32(1)))
    + option(6, number(UInt32(1000))) + option(7, Array("alice".utf8))
    + option(8, [UInt8](repeating: 9, count: 16)) + option(9, number(UInt64(2_000))) + [0, 0, 0, 0]

  @Test(arguments: [false, true])
  func `Wireshark's block describes the process of option 8 in either byte order`(
    bigEndian: Bool
  ) throws {
    var file = PcapngBytes()
    file.section(bigEndian: bigEndian)
    file.interface()
    file.block(0xbad, Self.body(77, Self.full, bigEndian: bigEndian))
    file.enhanced(
      time: 5, Self.frame, options: [(8, file.value(77, 78)), (2, file.value(2))])
    file.enhanced(time: 5, Self.frame, options: [(8, file.value(79, 79))])
    file.enhanced(time: 5, Self.frame)
    let found = try processes(file.all)
    var expected = ProcessInformation(process: 77, startNanoseconds: 2_000)
    expected.name = Array("cu\u{1b}rl".utf8)
    expected.path = Array("/usr/bin/curl".utf8)
    expected.commandLine = Array("curl\0-s\0http://x/".utf8)
    expected.parent = 1
    expected.user = 1000
    expected.userName = Array("alice".utf8)
    #expect(
      found == [
        FrameProcess(expected, thread: 78, end: .sender),
        FrameProcess(ProcessInformation(process: 79)), nil,
      ])
  }

  @Test func `A number that was given out again names the process that lived at the time`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface()
    for (start, name) in [(3_000_000, "second"), (1_000_000, "first"), (9_000_000, "third")] {
      file.block(
        0xbad,
        Self.body(
          7, Self.option(2, Array(name.utf8)) + Self.option(9, Self.number(UInt64(start)))))
    }
    // Times of the file are microseconds.
    for time: UInt64 in [500, 1_000, 2_999, 3_000, 8_000, 20_000] {
      file.enhanced(time: time, Self.frame, options: [(8, file.value(7, 7))])
    }
    let names = try processes(file.all).map {
      $0?.information.name.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(names == [nil, "first", "first", "second", "second", "third"])
  }

  @Test func `Without starts the last block holds, and a section begins anew`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface()
    file.block(0xbad, Self.body(7, Self.option(2, Array("old".utf8))))
    file.block(0xbad, Self.body(7, Self.option(2, Array("new".utf8))))
    file.enhanced(time: 5, Self.frame, options: [(8, file.value(7, 7))])
    file.section()
    file.interface()
    file.enhanced(time: 5, Self.frame, options: [(8, file.value(7, 7))])
    #expect(try processes(file.all).map { $0?.information.name } == [Array("new".utf8), nil])
  }

  @Test(arguments: [false, true])
  func `Apple's options name its blocks by their place`(bigEndian: Bool) throws {
    var file = PcapngBytes()
    file.section(bigEndian: bigEndian)
    file.interface()
    for (number, name) in [(UInt32(500), "mDNSResponder"), (501, "curl")] {
      var body = Bytes(isBigEndian: bigEndian)
      body.add(number)
      body.add(UInt16(2))
      body.add(UInt16(name.utf8.count))
      body.add(Array(name.utf8))
      body.pad()
      body.add(UInt32(0))
      file.block(0x8000_0001, body.all)
    }
    file.enhanced(
      time: 1, Self.frame,
      options: [
        (0x8001, file.value(1)), (0x8003, file.value(0)), (2, file.value(1)),
      ])
    file.enhanced(time: 1, Self.frame, options: [(0x8003, file.value(0))])
    file.enhanced(time: 1, Self.frame, options: [(0x8001, file.value(2))])
    let found = try processes(file.all)
    #expect(found[0]?.information.process == 501 && found[0]?.end == .receiver)
    #expect(found[0]?.information.name == Array("curl".utf8))
    #expect(found[1]?.information.name == Array("mDNSResponder".utf8) && found[1]?.end == nil)
    #expect(found[2] == nil)
  }

  @Test func `ptcpdump's comments name the process, its user and parent`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface()
    let comments = [
      "PID: 4242\nCmd: /usr/bin/curl\nArgs: curl -s http://x/\nUserId: 0",
      "ThreadId: 4243\nThreadName: w", "UserId: 1000\nGroupId: 1000",
      "ParentPID: 12\nParentCmd: /bin/bash\nParentArgs: bash",
    ].map { (UInt16(1), Array($0.utf8)) }
    file.enhanced(time: 1, Self.frame, options: comments + [(2, file.value(1))])
    file.enhanced(time: 1, Self.frame, options: [(1, Array("PID: 12x\nCmd: /a".utf8))])
    file.enhanced(time: 1, Self.frame, options: [(1, Array("about PID: 12".utf8))])
    let found = try processes(file.all)
    let first = try #require(found[0])
    #expect(first.information.process == 4242 && first.thread == 4243 && first.end == .receiver)
    #expect(first.information.path == Array("/usr/bin/curl".utf8))
    // Arguments may hold line ends: what stands behind them names no user.
    #expect(first.information.commandLine == Array("curl\0-s\0http://x/\nUserId:\u{0}0".utf8))
    #expect(first.information.user == 1000 && first.information.parent == 12)
    #expect(found[1] == nil && found[2] == nil)
  }

  @Test func `rustnet's comments tell the end by the direction of the connection`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface()
    for comment in [
      "rustnet process=curl pid=42 ppid=40 uid=0 attr=exact direction=outgoing app=HTTP",
      "rustnet process=nginx pid=43 direction=incoming", "rustnet app=TLS sni=example.org",
      "rustnetwork pid=44",
    ] {
      file.enhanced(time: 1, Self.frame, options: [(1, Array(comment.utf8))])
    }
    let found = try processes(file.all)
    #expect(found[0]?.information.process == 42 && found[0]?.end == .client)
    #expect(found[0]?.information.user == 0 && found[0]?.information.parent == 40)
    #expect(found[1]?.end == .server && found[1]?.information.user == nil)
    #expect(found[2] == nil && found[3] == nil)
  }

  @Test func `A cooked frame tells its direction where no option does`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface(linkType: 276)
    for type: UInt8 in [0, 4] {
      var frame = [UInt8](repeating: 0, count: 24)
      frame[10] = type
      file.enhanced(time: 1, frame, options: [(8, file.value(7, 7))])
    }
    #expect(try processes(file.all).map { $0?.end } == [.receiver, .sender])
  }

  @Test func `Cut and senseless blocks are no process and no damage`() throws {
    let whole = Self.body(77, Self.full)
    for length in stride(from: 0, to: whole.count, by: 4) {
      var file = PcapngBytes()
      file.section()
      file.interface()
      file.block(0xbad, Array(whole[..<length]))
      file.block(0x8000_0001, Array(whole[..<min(length, 8)]))
      file.enhanced(time: 5, Self.frame, options: [(8, file.value(77, 77))])
      let found = try processes(file.all)
      #expect(found.count == 1 && found[0]?.information.process == 77, "\(length)")
    }
    var file = PcapngBytes()
    file.section()
    file.interface()
    // Lengths that claim more than there is, another maker's block, and an entry of another type.
    var lying = whole
    lying.replaceSubrange(8..<12, with: [0xff, 0xff, 0xff, 0xff])
    file.block(0xbad, lying)
    file.block(0xbad, [1, 0, 0, 0] + whole.dropFirst(4))
    file.block(0xbad, whole[..<4] + [9, 0, 0, 0] + whole.dropFirst(8))
    file.enhanced(time: 5, Self.frame, options: [(8, file.value(77, 77)), (8, [1, 2])])
    #expect(try processes(file.all).first??.information.user == 1000)
  }

  @Test func `Text of a section beyond the bound is not kept`() throws {
    var file = PcapngBytes()
    file.section()
    file.interface()
    let text = Self.option(4, [UInt8](repeating: 65, count: 4_096))
    for number: UInt32 in 0..<5_000 { file.block(0xbad, Self.body(number, text)) }
    for number: UInt32 in [0, 4_095, 4_096, 4_999] {
      file.enhanced(time: 5, Self.frame, options: [(8, file.value(number, number))])
    }
    let lengths = try processes(file.all).map { $0?.information.commandLine?.count }
    #expect(lengths == [4_096, 4_096, nil, nil])
  }
}
