import Packets

@testable import CallWaiting
@testable import Flows
@testable import Identify
@testable import Report
@testable import Verdicts
@testable import icwscan

/// A flow that an input describes, and what has to hold of whatever is made of it.
///
///     flags (1: bit 0 UDP, 1 with its handshake, 2 the last packet is cut), packets: server (1 bit), length (15 bits),
///     bytes
struct Talk {
  private static let client = Endpoint(IPAddress(v4: 0xc000_0201), 40_000)
  private static let server = Endpoint(IPAddress(v4: 0xc633_6402), 3699)
  /// In the years of ICW, where all verdicts are possible.
  private static let start: Int64 = 1_060_000_000_000_000_000

  private let isDatagram: Bool
  private let hasHandshake: Bool
  private let isCut: Bool
  private var said: [(side: Side, bytes: [UInt8])] = []

  init(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let flags = input.byte()
    isDatagram = flags & 1 == 1
    hasHandshake = flags & 2 == 2
    isCut = flags & 4 == 4
    while !input.isAtEnd, said.count < 96 {
      let head = input.short()
      said.append((head >> 15 == 1 ? .server : .client, input.bytes(head & 0x7fff)))
    }
  }

  /// The input that describes a conversation.
  static func seed(_ conversation: Conversation) -> [UInt8] {
    let flags: UInt8 = (conversation.transport == .udp ? 1 : 0) | (conversation.knowsClient ? 2 : 0)
    return conversation.turns.reduce(into: [flags]) { seed, turn in
      let bytes = conversation[turn.side].bytes[turn.range].prefix(0x7fff)
      let head = bytes.count | (turn.side == .server ? 0x8000 : 0)
      seed += [UInt8(head >> 8), UInt8(head & 0xff)] + bytes
    }
  }

  /// The flow, through the table that makes all flows.
  private var flow: Flow? {
    var table = FlowTable()
    var next: [Side: UInt32] = [.client: 1_000, .server: 5_000]
    var number = 0
    func note(_ side: Side, _ flags: TCPFlags, _ bytes: [UInt8], wire: Int) {
      number += 1
      let sequence = next[side] ?? 0
      next[side] = sequence &+ UInt32(bytes.count) &+ (flags.contains(.syn) ? 1 : 0)
      let header: Packet.Header =
        isDatagram
        ? .udp(checksum: 0)
        : .tcp(
          TCPHeader(
            sequence: sequence, acknowledgement: next[side.opposite] ?? 0, flags: flags))
      let packet = Packet(
        source: side == .client ? Self.client : Self.server,
        destination: side == .client ? Self.server : Self.client,
        ip: IPHeader(family: .ipv4, hopLimit: 64, identification: UInt32(number)), header: header,
        payload: 0..<bytes.count, payloadLength: wire)
      _ = table.note(
        packet, payload: bytes.span, number: number,
        time: Timestamp(nanoseconds: Self.start + Int64(number) * 400_000_000), link: .ethernet,
        wireLength: 54 + wire)
    }
    if hasHandshake, !isDatagram {
      note(.client, .syn, [], wire: 0)
      note(.server, [.syn, .ack], [], wire: 0)
    }
    for (index, (side, bytes)) in said.enumerated() {
      let isLast = index == said.count - 1
      note(side, [.ack, .psh], bytes, wire: bytes.count + (isCut && isLast ? 500 : 0))
    }
    table.finish()
    return table.takeEnded().first?.flow
  }

  /// Judges the flow and holds what it is called, and on what grounds, to what was said.
  func demandSound() {
    guard let flow else { return }
    var judge = FlowJudge(Self.context)
    let look = FlowJudge.Look(flow.conversation, rules: judge.rules)
    demandSound(look.identification, flow.conversation)
    for seen in look.finding.signs {
      demand(
        seen.offset >= 0 && seen.offset + seen.length <= flow.conversation[seen.side].bytes.count,
        "a sign lies in what was said")
    }
    let judged = judge.judgeEnded(flow, look: look)
    demand(
      judged.verdict.verdictClass != .genuineKPNICW, "nobody knows a KPN server here")
    let record = FlowRecord(flow: judged.flow, verdict: judged.verdict, action: .end)
    let calls = judged.calls.map { CallRecord(call: $0, flow: judged.flow) }
    let text = TextReport(style: Style(explain: true))
    demandShowable(text.flow(record) + calls.flatMap { text.call($0) } + [PcapComment.text(record)])
    demandRecord(record.json)
    for call in calls { demandRecord(call.json) }
  }

  private static let context: VerdictContext = {
    var context = VerdictContext()
    context.rules = KnownUsers.rules
    return context
  }()

  private func demandSound(_ found: Identification, _ conversation: Conversation) {
    guard let recognition = found.recognition else { return }
    let hasBoth = !conversation.client.bytes.isEmpty && !conversation.server.bytes.isEmpty
    demand(
      recognition.strength != .answered || hasBoth,
      "\(recognition.application): only what both sides said is answered")
    for ground in recognition.grounds {
      demand(
        ground.offset >= 0 && ground.length >= 0
          && ground.offset + ground.length <= conversation[ground.side].bytes.count,
        "\(recognition.application): grounds lie in what was said")
    }
    for fact in recognition.facts {
      demand(fact.value.utf8.count <= 4_096, "\(recognition.application): facts are short")
    }
  }
}
