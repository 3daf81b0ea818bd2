/// Plays a script packet by packet, as two well-behaved stacks would send it.
struct Player {
  private enum Step {
    case segment(Script.Side, flags: UInt8, payload: ArraySlice<UInt8>, hasOptions: Bool)
    case datagram(Script.Side, ArraySlice<UInt8>)
  }

  private static let longest = 1_448
  private let client: FrameBuilder.End
  private let server: FrameBuilder.End
  private var steps: [Step] = []
  private var next = 0
  private var sent: (client: UInt32, server: UInt32)
  private var identification: UInt16

  /// A player of one script between addresses that `random` chooses; `port` is the watched one.
  init(port: UInt16, _ random: inout Random) {
    let script = Script.draw(&random)
    let isIPv6 = random.below(10) < 3
    let far = UInt16(1_024 + random.below(60_000))
    let other = far == port ? port + 1 : far
    client = FrameBuilder.End(
      address: Self.address(isIPv6, 0x0a00_0000 | random.below(1 << 24)),
      port: script.isReversed ? port : other)
    server = FrameBuilder.End(
      address: Self.address(isIPv6, 0xc000_0200 | random.below(64)),
      port: script.isReversed ? 443 : port)
    sent = (UInt32(truncatingIfNeeded: random.next()), UInt32(truncatingIfNeeded: random.next()))
    identification = UInt16(truncatingIfNeeded: random.next())
    steps = Self.steps(script)
  }

  /// Whether nothing is left to send.
  var isOver: Bool { next >= steps.count }

  private static func address(_ isIPv6: Bool, _ number: Int) -> [UInt8] {
    let four = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    return isIPv6 ? [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0] + four : four
  }

  private static func steps(_ script: Script) -> [Step] {
    func bare(_ side: Script.Side, _ flags: UInt8, options: Bool = false) -> Step {
      .segment(side, flags: flags, payload: [], hasOptions: options)
    }
    let synchronise: UInt8 = 0x02
    switch script.kind {
    case .unanswered: return (0..<3).map { _ in bare(.client, synchronise, options: true) }
    case .refused: return [bare(.client, synchronise, options: true), bare(.server, 0x14)]
    case .datagrams: return script.said.map { .datagram($0.side, $0.bytes[...]) }
    case .connection: break
    }
    var steps = [
      bare(.client, synchronise, options: true), bare(.server, 0x12, options: true),
      bare(.client, 0x10),
    ]
    for (side, bytes) in script.said {
      var left = bytes[...]
      var count = 0
      while !left.isEmpty {
        let payload = left.prefix(longest)
        left = left.dropFirst(longest)
        steps.append(
          .segment(side, flags: left.isEmpty ? 0x18 : 0x10, payload: payload, hasOptions: false))
        count += 1
        // Every second segment is acknowledged (RFC 9293 section 3.8.6.3).
        if count % 2 == 0 || left.isEmpty {
          steps.append(bare(side == .client ? .server : .client, 0x10))
        }
      }
    }
    return steps + [bare(.client, 0x11), bare(.server, 0x11), bare(.client, 0x10)]
  }

  /// Builds the next frame.
  mutating func play(into frame: inout FrameBuilder) {
    guard !isOver else { return }
    defer { next += 1 }
    identification &+= 1
    switch steps[next] {
    case .datagram(let side, let payload):
      frame.build(
        from: side == .client ? client : server, to: side == .client ? server : client, nil,
        payload, identification: identification)
    case .segment(let side, let flags, let payload, let hasOptions):
      let isClient = side == .client
      let options: [UInt8] =
        hasOptions ? [2, 4, 0x05, 0xb4, 4, 2, 1, 1, 1, 3, 3, 7] : []
      frame.build(
        from: isClient ? client : server, to: isClient ? server : client,
        FrameBuilder.Segment(
          sequence: isClient ? sent.client : sent.server,
          acknowledgement: flags & 0x10 == 0 ? 0 : isClient ? sent.server : sent.client,
          flags: flags, options: options),
        payload, identification: identification)
      // SYN and FIN count as one; a SYN that is sent again has the same number.
      let repeats = flags == 0x02 && next + 1 < steps.count && isUnanswered
      let size = UInt32(payload.count) + (flags & 3 != 0 && !repeats ? 1 : 0)
      if isClient { sent.client &+= size } else { sent.server &+= size }
    }
  }

  private var isUnanswered: Bool {
    steps.allSatisfy {
      if case .segment(.client, flags: 0x02, payload: _, hasOptions: _) = $0 { true } else { false }
    }
  }
}
