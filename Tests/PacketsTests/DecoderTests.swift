import Packets
import Testing

@Suite struct DecoderTests {
  @Test(arguments: Sample.all)
  func `every kind of frame gives its packet`(sample: Sample) throws {
    let packet = try #require(onlyPacket(sample.bytes, link: sample.link))
    #expect(packet.source.port == 40_000)
    #expect(packet.destination.port == 3699)
    #expect(packet.path == sample.path)
    #expect(Array(sample.bytes[packet.payload]) == Array("hello".utf8))
    #expect(packet.payloadLength == 5)
    #expect(!packet.isCut)
  }

  @Test(arguments: Sample.all)
  func `a frame that the capture cut gives what is there or says that it was cut`(
    sample: Sample
  ) {
    for count in 0..<sample.bytes.count {
      let cut = Array(sample.bytes[..<count])
      do throws(Malformed) {
        let decoded = try decode(cut, length: sample.bytes.count, link: sample.link)
        guard case .packet(let packet) = decoded else { continue }
        #expect(packet.payload.upperBound <= count)
        if packet.path == sample.path { #expect(packet.payloadLength == 5) }
        #expect(packet.isCut)
      } catch {
        #expect(error.reason == .cut, "\(sample.name) at \(count): \(error)")
        #expect(error.had < error.needed)
      }
      #expect(agrees(cut, length: sample.bytes.count, link: sample.link))
    }
  }

  @Test(arguments: Sample.all)
  func `a frame that ends early never traps and never gives more than it has`(sample: Sample) {
    for count in 0..<sample.bytes.count {
      let short = Array(sample.bytes[..<count])
      if let packet = onlyPacket(short, link: sample.link) {
        #expect(packet.payload.upperBound <= count)
      }
      #expect(agrees(short, link: sample.link))
    }
  }

  @Test func `the link's addresses and EtherType are reported`() throws {
    let packet = try #require(onlyPacket(FrameBuilder.plain))
    #expect(packet.link.source == 0x0200_0000_0001)
    #expect(packet.link.destination == 0x0200_0000_0002)
    #expect(packet.link.etherType == 0x0800)
  }

  @Test func `the IP header's facts are reported`() throws {
    let packet = try #require(onlyPacket(FrameBuilder.plain))
    #expect(packet.source.address == FrameBuilder.client)
    #expect(packet.destination.address == FrameBuilder.server)
    #expect(packet.ip.hopLimit == 64)
    #expect(packet.ip.identification == 1)
    #expect(packet.ip.dontFragment)
    #expect(packet.ip.totalLength == 45)
    #expect(!packet.ip.reassembled)
  }

  @Test func `Ethernet's padding is no payload`() throws {
    let packet = try #require(onlyPacket(FrameBuilder.plain + Array(repeating: 0xee, count: 20)))
    #expect(packet.payload.count == 5)
  }

  @Test func `a total length of zero means the frame's`() throws {
    var frame = FrameBuilder.plain
    frame[16] = 0
    frame[17] = 0
    let packet = try #require(onlyPacket(frame))
    #expect(packet.payloadLength == 5)
    #expect(packet.ip.totalLength == 45)
  }

  @Test(
    arguments: [
      (14, 0x55, Malformed(.ipv4, .version)),
      (14, 0x44, Malformed(.ipv4, .headerLength, needed: 20, had: 16)),
      (17, 19, Malformed(.ipv4, .length, needed: 20, had: 19)),
      (46, 0x40, Malformed(.tcp, .headerLength, needed: 20, had: 25)),
      (46, 0x70, Malformed(.tcp, .headerLength, needed: 28, had: 25)),
      (17, 39, Malformed(.tcp, .short, needed: 20, had: 19)),
    ] as [(Int, UInt8, Malformed)])
  func `a bent field is refused with its reason`(
    place: Int, value: UInt8, expected: Malformed
  ) {
    var frame = FrameBuilder.plain
    frame[place] = value
    #expect(malformed(frame) == expected)
    #expect(agrees(frame, link: .ethernet))
  }

  @Test(arguments: [1, 7, 14, 255] as [UInt8])
  func `a UDP length that contradicts IP is refused`(value: UInt8) {
    var frame = FrameBuilder.ethernet(0x0800, FrameBuilder.ipv4(17, FrameBuilder.udp()))
    frame[39] = value
    #expect(malformed(frame)?.layer == .udp)
    #expect(malformed(frame)?.reason == .length)
    #expect(agrees(frame, link: .ethernet))
  }

  @Test func `a UDP length of zero means all that IP carries`() throws {
    var frame = FrameBuilder.ethernet(0x0800, FrameBuilder.ipv4(17, FrameBuilder.udp()))
    frame[39] = 0
    #expect(onlyPacket(frame)?.payloadLength == 5)
  }

  @Test(arguments: [1, 2, 50, 89, 132, 136])
  func `protocols without TCP or UDP ports give nothing`(number: Int) throws {
    let frame = FrameBuilder.ethernet(0x0800, FrameBuilder.ipv4(number, FrameBuilder.udp(8, 3699)))
    guard case .other = try decode(frame) else {
      Issue.record("something was found")
      return
    }
    #expect(quickLook(frame, link: .ethernet) == .no)
  }

  @Test func `tags beyond the bound are refused`() {
    let tags = (0..<17).flatMap { _ in [0, 1, 0x81, 0] as [UInt8] }
    #expect(malformed(FrameBuilder.ethernet(0x8100, tags)) == Malformed(.vlan, .nesting))
  }

  @Test func `a datagram that touches the port itself is not searched for a tunnel`() throws {
    let inner = [8, 0, 0, 0, 0, 0, 5, 0] + FrameBuilder.plain
    let outer = FrameBuilder.ipv4(17, FrameBuilder.udp(3699, 4789, payload: inner))
    let packet = try #require(onlyPacket(FrameBuilder.ethernet(0x0800, outer)))
    #expect(packet.destination.port == 4789)
    #expect(packet.path.isEmpty)
  }

  @Test func `a tunnel whose inside does not touch the port gives the outer packet`() throws {
    let inner = FrameBuilder.ethernet(0x0800, FrameBuilder.ipv4(6, FrameBuilder.tcp(1, 2)))
    let outer = FrameBuilder.ipv4(
      17, FrameBuilder.udp(9, 4789, payload: [8, 0, 0, 0, 0, 0, 5, 0] + inner))
    #expect(onlyPacket(FrameBuilder.ethernet(0x0800, outer))?.destination.port == 4789)
  }

  @Test(arguments: [UInt64(20_260_725)])
  func `random and mutated frames never trap, and the quick test agrees`(seed: UInt64) {
    var random = Seeded(seed)
    print("seed \(seed)")
    var decoder = Decoder()
    for round in 0..<40_000 {
      var link = LinkType.allCases.randomElement(using: &random) ?? .ethernet
      var bytes: [UInt8]
      if round.isMultiple(of: 4) {
        bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      } else {
        guard let sample = Sample.all.randomElement(using: &random) else { continue }
        link = sample.link
        bytes = sample.bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      let length = bytes.count + (Bool.random(using: &random) ? 0 : 40)
      let time = Timestamp(seconds: Int64(round), nanoseconds: 0)
      if case .packet(let packet) = try? decoder.decode(
        bytes.span, length: length, at: time, link: link)
      {
        #expect(packet.payload.upperBound <= bytes.count)
        #expect(packet.payloadLength >= packet.payload.count)
      }
      if !agrees(bytes, length: length, link: link) {
        Issue.record("round \(round): \(link) \(bytes)")
        return
      }
      if round.isMultiple(of: 1000) { _ = decoder.takeUnfinished() }
    }
    _ = decoder.takeUnfinished(all: true)
  }
}
