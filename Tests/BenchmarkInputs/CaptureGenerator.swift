import Glibc

/// Writes a capture: other people's packets of the usual sizes, and among them, one in a hundred, conversations on the
/// watched port.
struct CaptureGenerator {
  /// The seed; with it and the size, the file is the same byte for byte.
  private static let seed: UInt64 = 3_699
  private static let port: UInt16 = 3_699
  /// Conversations that go on at the same time.
  private static let together = 64
  /// Frame sizes and their shares ("simple IMIX": 7 to 4 to 1), without the frame check sequence.
  private static let sizes = [60, 60, 60, 60, 60, 60, 60, 590, 590, 590, 590, 1_514]
  private static let wellKnown: [UInt16] = [
    22, 25, 53, 80, 123, 443, 993, 1_194, 3_306, 3_389, 5_060, 6_881, 8_080, 51_820,
  ]

  private var random = Random(seed: seed)
  private var frame = FrameBuilder()
  private var buffer: [UInt8] = []
  private var players: [Player] = []
  private var noise: [UInt8] = []
  private var microseconds: UInt64 = 1_700_000_000_000_000
  private var packets = 0
  private var onPort = 0
  private var flows = 0
  private var written = 0

  init() {
    buffer.reserveCapacity(1 << 20)
    for _ in 0..<1 << 16 { noise.append(UInt8(truncatingIfNeeded: random.next())) }
  }

  /// Writes at least `size` bytes to `descriptor` and says in one line of JSON what they are.
  mutating func write(_ size: Int, to descriptor: Int32) -> String? {
    number(0xa1b2_c3d4)
    number(0x0004_0002)
    for value: UInt32 in [0, 0, 262_144, 1] { number(value) }
    while written + buffer.count < size {
      // Every hundredth packet on the average, at irregular distances.
      if random.below(100) == 0 { conversation() } else { background() }
      record()
      if buffer.count >= 1 << 20 - 4_096, !flush(descriptor) { return nil }
    }
    guard flush(descriptor) else { return nil }
    return
      #"{"bytes":\#(written),"packets":\#(packets),"packets_on_port":\#(onPort),"flows_on_port":\#(flows)}"#
  }

  private mutating func conversation() {
    while players.count < Self.together {
      players.append(Player(port: Self.port, &random))
      flows += 1
    }
    let index = random.below(players.count)
    players[index].play(into: &frame)
    if players[index].isOver { players.remove(at: index) }
    onPort += 1
  }

  private mutating func background() {
    let isIPv6 = random.below(10) < 3
    let isTCP = random.below(10) < 8
    let wanted = Self.sizes[random.below(Self.sizes.count)]
    let headers = 14 + (isIPv6 ? 40 : 20) + (isTCP ? 20 : 8)
    let count = max(0, wanted - headers)
    let start = random.below(noise.count - count)
    let one = end(isIPv6, 0xac10, UInt16(1_024 + random.below(64_000)))
    let other = end(isIPv6, 0xc633, Self.wellKnown[random.below(Self.wellKnown.count)])
    let isAnswer = random.below(2) == 0
    frame.build(
      from: isAnswer ? other : one, to: isAnswer ? one : other,
      isTCP
        ? FrameBuilder.Segment(
          sequence: UInt32(truncatingIfNeeded: random.next()),
          acknowledgement: UInt32(truncatingIfNeeded: random.next()), flags: 0x10)
        : nil,
      noise[start..<start + count], identification: UInt16(truncatingIfNeeded: random.next()))
  }

  private mutating func end(_ isIPv6: Bool, _ net: Int, _ port: UInt16) -> FrameBuilder.End {
    let host = random.below(1 << 16)
    let four = [
      UInt8(net >> 8), UInt8(net & 255), UInt8(host >> 8), UInt8(host & 255),
    ]
    return FrameBuilder.End(
      address: isIPv6 ? [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 1] + four : four,
      port: port == Self.port ? port + 1 : port)
  }

  /// Appends the frame with a record's header (draft-ietf-opsawg-pcap).
  private mutating func record() {
    microseconds += UInt64(1 + random.below(3))
    number(UInt32(microseconds / 1_000_000))
    number(UInt32(microseconds % 1_000_000))
    number(UInt32(frame.bytes.count))
    number(UInt32(frame.bytes.count))
    buffer += frame.bytes
    packets += 1
  }

  private mutating func number(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      buffer.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  private mutating func flush(_ descriptor: Int32) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      guard count > 0 else { return false }
      done += count
    }
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
    return true
  }
}
