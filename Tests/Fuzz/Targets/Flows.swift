@testable import Flows
import Packets

extension FuzzTarget {
  /// Segments and datagrams in any order. Every byte of the two streams is given by its sequence number, so whatever a flow
  /// keeps of a side must be a piece of that stream without a gap; bounds hold and no packet is counted twice or lost.
  ///
  ///     packets: flags (1: bit 0 server, 1 UDP, 2 another client, 3 cut, 4 copy of the last), TCP flags (1), sequence or
  ///     place (2), length (2), milliseconds (2)
  static let flows = FuzzTarget(name: "flows", longest: 2_048) {
    [
      [
        [0, 2, 0, 0, 0, 0, 0, 1], [1, 18, 0, 0, 0, 0, 0, 1], [0, 16, 0, 1, 0, 0, 0, 1],
        [0, 24, 0, 1, 0, 40, 0, 1], [1, 24, 0, 1, 1, 0, 0, 1], [0, 24, 0, 41, 2, 0, 0, 1],
        [0, 17, 2, 41, 0, 0, 0, 1], [1, 17, 1, 1, 0, 0, 0, 1],
      ].flatMap(\.self),
      [[0, 24, 0, 100, 0, 50, 0, 0], [0, 24, 0, 50, 0, 50, 0, 0], [0, 24, 0, 0, 0, 50, 0, 0]]
        .flatMap(\.self),
      [[2, 0, 0, 0, 0, 20, 0, 0], [3, 0, 0, 0, 4, 0, 0, 0], [2, 0, 0, 1, 1, 20, 1, 0]]
        .flatMap(\.self),
    ]
  } run: { bytes in
    var input = FuzzInput(bytes)
    var run = FlowRun(base: bytes.last.map { UInt32($0) << 24 } ?? 0)
    while !input.isAtEnd, run.packets < 512 { run.take(&input) }
    run.finish()
  }
}

/// A table of few flows that is fed made-up packets, and what was fed.
private struct FlowRun {
  private static let limit = 3
  private var table = FlowTable(limit: limit)
  private(set) var packets = 0
  private var time: Int64 = 0
  private var last: (packet: Packet, payload: [UInt8])?
  private let base: UInt32
  private var counted = 0
  /// Where what is kept may begin: at a segment, or behind a SYN.
  private var starts: Set<UInt32> = []

  init(base: UInt32) { self.base = base &- 1_000 }

  mutating func take(_ input: inout FuzzInput) {
    let flags = input.byte()
    let tcp = UInt16(input.byte())
    let place = input.short()
    let length = input.short() % 20_000
    time += Int64(input.short()) * 1_000_000
    packets += 1
    if flags & 16 != 0, let last {
      note(last.packet, last.payload, interface: 1)
      return
    }
    let isServer = flags & 1 == 1
    let client = Endpoint(IPAddress(v4: 0xc000_0201 + UInt32(flags >> 2 & 1)), 40_000)
    let server = Endpoint(IPAddress(v4: 0xc633_6402), 3699)
    let sequence = base &+ (isServer ? 0x4000_0000 : 0) &+ UInt32(place)
    starts.formUnion([sequence, sequence &+ 1])
    let captured = flags & 8 != 0 ? length / 2 : length
    let isDatagram = flags & 2 != 0
    let first = TCPFlags(rawValue: tcp).contains(.syn) ? sequence &+ 1 : sequence
    let payload = (0..<captured).map { Self.byte(at: first &+ UInt32($0)) }
    let header: Packet.Header =
      isDatagram
      ? .udp(checksum: 0)
      : .tcp(
        TCPHeader(
          sequence: sequence, acknowledgement: 0, flags: TCPFlags(rawValue: tcp)))
    let packet = Packet(
      source: isServer ? server : client, destination: isServer ? client : server,
      ip: IPHeader(
        family: .ipv4, hopLimit: 64, identification: UInt32(packets), totalLength: 40 + length),
      header: header, payload: 0..<captured, payloadLength: length)
    last = (packet, payload)
    note(packet, payload, interface: 0)
  }

  private mutating func note(_ packet: Packet, _ payload: [UInt8], interface: Int) {
    let change = table.note(
      packet, payload: payload.span, number: packets, time: Timestamp(nanoseconds: time),
      link: .ethernet, wireLength: packet.ip.totalLength, interface: interface)
    demand(table.count <= Self.limit, "no more flows are open than may be")
    demandSound(table[change.slot], isOver: false)
    for ended in table.takeEnded() { end(ended.flow) }
  }

  mutating func finish() {
    table.finish()
    for ended in table.takeEnded() { end(ended.flow) }
    demand(table.held == 0, "nothing is held for no flow")
    demand(counted == packets, "\(counted) of \(packets) packets are in flows")
  }

  private mutating func end(_ flow: Flow) {
    counted += flow.clientCounters.packets + flow.serverCounters.packets
    demandSound(flow, isOver: true)
  }

  private func demandSound(_ flow: Flow, isOver: Bool) {
    demand(flow.conversation.turns.count <= FlowLimits.turns, "turns are bounded")
    for side in [Side.client, .server] {
      let kept = flow.conversation[side]
      demand(kept.bytes.count <= FlowLimits.bytesPerSide, "what is kept is bounded")
      demand(
        kept.total >= kept.bytes.count,
        "\(kept.bytes.count) bytes are kept of \(kept.total) that were sent")
      for turn in flow.conversation.turns where turn.side == side {
        demand(
          turn.range.lowerBound >= 0 && turn.range.upperBound <= kept.bytes.count,
          "a turn lies in what is kept")
      }
      if flow.transport == .tcp, isOver { demandPiece(kept.bytes) }
    }
  }

  /// Whether bytes follow each other in one of the streams.
  private func demandPiece(_ bytes: [UInt8]) {
    guard bytes.count > 3 else { return }
    let start = starts.first { start in
      bytes.indices.allSatisfy { bytes[$0] == Self.byte(at: start &+ UInt32($0)) }
    }
    demand(start != nil, "\(bytes.count) kept bytes are a piece of the stream")
  }

  /// The byte that a stream has at a sequence number.
  private static func byte(at sequence: UInt32) -> UInt8 {
    let mixed = (sequence ^ sequence >> 13) &* 0x9e37_79b1
    return UInt8(truncatingIfNeeded: mixed >> 23)
  }
}
