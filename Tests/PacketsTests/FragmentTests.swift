import Packets
import Testing

@Suite struct FragmentTests {
  private typealias Build = FrameBuilder
  private static let payload = (0..<60).map { UInt8($0) }

  /// A UDP datagram of 68 bytes in fragments of 24, 24 and 20.
  private static func fragments(_ family: IPAddress.Family) -> [[UInt8]] {
    let udp =
      family == .ipv4
      ? Build.udp(payload: payload)
      : Build.udp(payload: payload, from: Build.client6, to: Build.server6)
    return [0, 24, 48].map { offset in
      let part = Array(udp[offset..<min(offset + 24, udp.count)])
      let more = offset < 48
      return family == .ipv4
        ? Build.ipv4(17, part, flags: offset / 8 | (more ? 0x2000 : 0))
        : Build.fragment6(17, offset: offset, more: more, part)
    }
  }

  private static let orders = [
    [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
  ]

  @Test(arguments: [IPAddress.Family.ipv4, .ipv6], orders)
  func `fragments in any order give one packet, duplicates or not`(
    family: IPAddress.Family, order: [Int]
  ) throws {
    var decoder = Decoder()
    let frames = Self.fragments(family)
    var found: [(Packet, [UInt8])] = []
    for (index, which) in order.enumerated() {
      for _ in 0..<(index < 2 ? 2 : 1) {
        let decoded = try decoder.read(frames[which])
        #expect(quickLook(frames[which], link: .raw) == .lookCloser)
        switch decoded {
        case .reassembled(let packet, let bytes, _): found.append((packet, bytes))
        case .heldFragment: break
        default: Issue.record("neither held nor complete")
        }
      }
    }
    let (packet, bytes) = try #require(found.first)
    #expect(found.count == 1)
    #expect(packet.touches(3699))
    #expect(packet.ip.reassembled)
    #expect(Array(bytes[packet.payload]) == Self.payload)
    #expect(packet.payloadLength == 60)
    #expect(decoder.takeUnfinished(all: true).isEmpty)
  }

  @Test(arguments: [IPAddress.Family.ipv4, .ipv6])
  func `what never completes comes at the end with its leading bytes`(
    family: IPAddress.Family
  ) throws {
    var decoder = Decoder()
    let frames = Self.fragments(family)
    for (index, which) in [2, 0].enumerated() {
      let time = Timestamp(seconds: Int64(10 + index), nanoseconds: 0)
      _ = try decoder.read(frames[which], at: time, link: .raw)
    }
    #expect(decoder.takeUnfinished().isEmpty)
    let unfinished = decoder.takeUnfinished(all: true)
    let only = try #require(unfinished.first)
    #expect(unfinished.count == 1)
    #expect(only.time == Timestamp(seconds: 10, nanoseconds: 0))
    #expect(Array(only.payload[only.packet.payload]) == Array(Self.payload[..<16]))
    #expect(only.packet.payloadLength == 60)
    #expect(only.packet.isCut)
    #expect(decoder.takeUnfinished(all: true).isEmpty)
  }

  @Test func `a datagram without its first fragment gives nothing`() throws {
    var decoder = Decoder()
    let frames = Self.fragments(.ipv4)
    for frame in frames.dropFirst() {
      _ = try decoder.read(frame)
    }
    #expect(decoder.takeUnfinished(all: true).isEmpty)
  }

  @Test func `fragments expire after a minute of capture time`() throws {
    var decoder = Decoder()
    let frames = Self.fragments(.ipv4)
    _ = try decoder.read(
      frames[0], at: Timestamp(seconds: 0, nanoseconds: 0),
      link: .raw)
    let plain = FrameBuilder.plain
    _ = try decoder.read(
      plain, at: Timestamp(seconds: 60, nanoseconds: 0),
      link: .ethernet)
    #expect(decoder.takeUnfinished().isEmpty)
    _ = try decoder.read(
      plain, at: Timestamp(seconds: 60, nanoseconds: 1),
      link: .ethernet)
    #expect(decoder.takeUnfinished().count == 1)
  }

  @Test func `an IPv4 overlap keeps the first bytes and is counted where they differ`() throws {
    var decoder = Decoder()
    let frames = Self.fragments(.ipv4)
    _ = try decoder.read(frames[0])
    let other = Build.ipv4(17, Array(repeating: 0xee, count: 32), flags: 0x2000 | 2)
    #expect(throws: Malformed(.fragment, .fragments)) {
      _ = try decoder.read(other)
    }
    guard
      case .reassembled(let packet, let bytes, _) = try decoder.read(frames[2])
    else {
      Issue.record("not complete")
      return
    }
    let expected = Self.payload[..<16] + Array(repeating: 0xee, count: 24) + Self.payload[40...]
    #expect(Array(bytes[packet.payload]) == Array(expected))
  }

  @Test func `an IPv6 overlap spoils the datagram`() throws {
    var decoder = Decoder()
    let frames = Self.fragments(.ipv6)
    _ = try decoder.read(frames[0])
    let other = Build.fragment6(17, offset: 16, more: true, Array(repeating: 0, count: 16))
    for frame in [other, frames[1], frames[2]] {
      #expect(throws: Malformed(.fragment, .fragments)) {
        _ = try decoder.read(frame)
      }
    }
    #expect(decoder.takeUnfinished(all: true).isEmpty)
  }

  @Test func `a fragment behind the largest datagram is malformed`() {
    let frame = Build.ipv4(17, Array(repeating: 0, count: 16), flags: 0x1fff)
    #expect(
      malformed(frame, link: .raw)
        == Malformed(.fragment, .fragments, needed: 65_544, had: 65_535))
  }

  @Test func `fragments cut by the capture still make one packet`() throws {
    var decoder = Decoder()
    var last: Decoded?
    for frame in Self.fragments(.ipv4) {
      last = try decoder.read(Array(frame[..<36]), length: frame.count)
    }
    guard case .reassembled(let packet, let bytes, _) = last else {
      Issue.record("not complete")
      return
    }
    #expect(packet.payloadLength == 60)
    #expect(Array(bytes[packet.payload]) == Array(Self.payload[..<8]))
  }

  @Test func `a flood of first fragments is bounded and counted`() throws {
    var decoder = Decoder()
    for index in 0..<5000 {
      let part = Array(Build.udp(payload: Self.payload)[..<24])
      let frame = Build.ipv4(17, part, identification: index, flags: 0x2000)
      _ = try decoder.read(frame)
    }
    #expect(decoder.takeUnfinished(all: true).count == 2048)
    #expect(decoder.lostDatagrams == 5000 - 2048)
  }
}
