import CPcap
import Captures
import Testing

@Suite struct KernelFilterTests {
  static let links: [Int32] = [0, 1, 9, 12, 14, 50, 101, 108, 113, 228, 229, 276]

  /// Whether libpcap's own machine accepts a frame.
  static func accepts(_ program: [BPFInstruction], _ frame: [UInt8]) -> Bool {
    let kernel = program.map {
      bpf_insn(code: $0.code, jt: $0.jumpTrue, jf: $0.jumpFalse, k: $0.operand)
    }
    return unsafe kernel.withUnsafeBufferPointer { kernel in
      unsafe frame.withUnsafeBufferPointer { frame in
        unsafe bpf_filter(
          kernel.baseAddress, frame.baseAddress, UInt32(frame.count), UInt32(frame.count)) != 0
      }
    }
  }

  static func program(_ linkType: Int32) throws -> [BPFInstruction] {
    try #require(KernelFilter.program(linkType: linkType, port: FrameBytes.port))
  }

  @Test(arguments: links)
  func `every program is one that the kernel takes`(linkType: Int32) throws {
    let program = try Self.program(linkType)
    #expect(program.count > 50 && program.count <= 4096)
    let kernel = program.map {
      bpf_insn(code: $0.code, jt: $0.jumpTrue, jf: $0.jumpFalse, k: $0.operand)
    }
    #expect(
      unsafe kernel.withUnsafeBufferPointer {
        unsafe bpf_validate($0.baseAddress, Int32($0.count)) != 0
      })
    #expect(try BPFListing.lines(program, .assembler).count == program.count)
    #expect(try BPFListing.lines(program, .numbers).first == "\(program.count)")
    #expect(try BPFListing.lines(program, .cArray).count == program.count)
  }

  @Test func `there is none for a link that is not captured on`() {
    #expect(KernelFilter.program(linkType: 105, port: 1) == nil)
  }

  @Test(arguments: FrameShape.all)
  func `the port is found at either end of every packet, and no other port`(shape: FrameShape)
    throws
  {
    let program = try Self.program(shape.linkType)
    for transport: UInt8 in [6, 17] {
      for (index, packet) in shape.packets(FrameBytes.port, 40_000, transport).enumerated() {
        #expect(Self.accepts(program, shape.wrap(packet)), "packet \(index), source")
      }
      for (index, packet) in shape.packets(40_000, FrameBytes.port, transport).enumerated() {
        #expect(Self.accepts(program, shape.wrap(packet)), "packet \(index), destination")
      }
      guard !shape.isAmbiguous else { continue }
      for (index, packet) in shape.packets(40_000, 3698, transport).enumerated() {
        #expect(!Self.accepts(program, shape.wrap(packet)), "packet \(index), other ports")
      }
    }
    guard !shape.isAmbiguous else { return }
    // The same bytes are no ports in another transport.
    #expect(!Self.accepts(program, shape.wrap(shape.packets(FrameBytes.port, 1, 132)[0])))
  }

  @Test(arguments: FrameShape.all.filter { !$0.isAmbiguous })
  func `later fragments pass, and messages that are no errors do not`(shape: FrameShape) throws {
    let program = try Self.program(shape.linkType)
    let ports = FrameBytes.ports(FrameBytes.port, FrameBytes.port)
    let other = FrameBytes.ports(1, 2)
    if shape.version == 4 {
      #expect(Self.accepts(program, shape.wrap(FrameBytes.ipv4(17, fragment: 0x2001, other))))
      #expect(Self.accepts(program, shape.wrap(FrameBytes.ipv4(17, fragment: 0x1fff, other))))
      let echo = FrameBytes.message(8, FrameBytes.ipv4(6, ports))
      #expect(!Self.accepts(program, shape.wrap(FrameBytes.ipv4(1, echo))))
    } else {
      let later = FrameBytes.fragment(17, offset: 1, other)
      #expect(Self.accepts(program, shape.wrap(FrameBytes.ipv6(44, later))))
      let echo = FrameBytes.message(128, FrameBytes.ipv6(6, ports))
      #expect(!Self.accepts(program, shape.wrap(FrameBytes.ipv6(58, echo))))
      #expect(!Self.accepts(program, shape.wrap(FrameBytes.ipv6(59, ports))))
    }
  }

  @Test(arguments: FrameShape.all.filter { !$0.isAmbiguous })
  func `a frame that is cut before its ports is refused`(shape: FrameShape) throws {
    let program = try Self.program(shape.linkType)
    let frame = shape.wrap(shape.packets(40_000, FrameBytes.port, 6)[0])
    let end = frame.count - FrameBytes.ports(0, 0).count + 4
    for count in 0..<end { #expect(!Self.accepts(program, Array(frame.prefix(count)))) }
    #expect(Self.accepts(program, Array(frame.prefix(end))))
  }

  @Test func `what the program can't follow passes`() throws {
    let program = try Self.program(1)
    let packet = FrameBytes.ipv4(6, FrameBytes.ports(1, 2))
    let tags: [UInt16] = [0x8100, 0x8100, 0x8100]
    #expect(Self.accepts(program, FrameBytes.ethernet(0x0800, tags: tags, packet)))
    #expect(Self.accepts(program, FrameBytes.ethernet(0x8847, FrameBytes.labels(5, packet))))
    var chain = FrameBytes.ports(1, 2)
    for number in 0..<5 { chain = FrameBytes.extended(number == 0 ? 6 : 60, chain) }
    #expect(Self.accepts(program, FrameBytes.ethernet(0x86dd, FrameBytes.ipv6(60, chain))))
  }

  @Test func `what is no IP is refused`() throws {
    for linkType in Self.links {
      let program = try Self.program(linkType)
      #expect(!Self.accepts(program, []))
      #expect(!Self.accepts(program, [UInt8](repeating: 0, count: 100)))
    }
    let program = try Self.program(1)
    let packet = FrameBytes.ipv4(6, FrameBytes.ports(FrameBytes.port, 1))
    for type: UInt16 in [0x0806, 0x88cc, 0x8863, 64] {
      #expect(!Self.accepts(program, FrameBytes.ethernet(type, packet)))
    }
  }

  @Test func `a snapshot length of nothing means everything`() throws {
    let frame = FrameBytes.ethernet(
      0x0800, FrameBytes.ipv4(6, FrameBytes.ports(FrameBytes.port, 1)))
    let program = try #require(
      KernelFilter.program(linkType: 1, port: FrameBytes.port, snapshotLength: 0))
    #expect(Self.accepts(program, frame))
  }

  @Test(arguments: [Int32(0), 1, 9, 12, 113, 276])
  func `whatever libpcap's own expression accepts is accepted`(linkType: Int32) throws {
    let program = try Self.program(linkType)
    let filter = try UserFilter(
      "tcp port \(FrameBytes.port) or udp port \(FrameBytes.port)", linkType: linkType)
    let shapes = FrameShape.all.filter { $0.linkType == linkType }
    var random = Seeded(3699)
    var accepted = 0
    for _ in 0..<20_000 {
      let shape = try #require(shapes.randomElement(using: &random))
      let port = UInt16.random(in: 3698...3700, using: &random)
      let packets = shape.packets(
        port, .random(in: 3698...3700, using: &random), port & 1 == 0 ? 17 : 6)
      var frame = shape.wrap(try #require(packets.randomElement(using: &random)))
      if Bool.random(using: &random) { frame.removeLast(.random(in: 0..<12, using: &random)) }
      guard filter.matches(frame.span, length: frame.count) else { continue }
      accepted += 1
      if !Self.accepts(program, frame) {
        Issue.record("\(shape.testDescription): \(frame)")
      }
    }
    #expect(accepted > 30)
  }

  @Test func `an expression that means nothing is refused with libpcap's words`() {
    let error = #expect(throws: CaptureError.self) { try UserFilter("no such thing", linkType: 1) }
    #expect(error?.failure == .badFilter && error?.message?.isEmpty == false)
    #expect(throws: CaptureError.self) { try UserFilter("vlan", linkType: 276) }
  }
}
