import Flows
import Packets

/// What the two ends of a flow said first, in turn: the client on the left, the server on the right; where nothing shows
/// which is which, the end that was captured first on the left.
struct Ladder {
  /// Messages that are drawn.
  private static let most = 20
  private static let width = 860
  private static let left = 120.0
  private static let right = 690.0

  /// A message, or a step of the handshake.
  private struct Step {
    let side: Side
    /// Since the first packet; nil when not known.
    let time: Int64?
    let text: String
    let note: String
  }

  let flow: Flow
  /// Whether nothing shows which end is the client.
  let areEndsOpen: Bool
  let id: String
  /// Whether what is said are frames of WebSocket.
  var isWebSocket = false

  /// The picture.
  var markup: Markup {
    let steps = steps
    let pitch = 36.0
    let bottom = 40 + Double(steps.count) * pitch
    var content = [
      SVG.text(
        Self.left, 14, areEndsOpen ? "client or server" : "client", anchor: "middle", style: "soft"),
      end(flow.client, isClient: true),
      SVG.text(
        Self.right, 14, areEndsOpen ? "server or client" : "server", anchor: "middle", style: "soft"
      ),
      end(flow.server, isClient: false),
      SVG.line(Self.left, 38, Self.left, bottom, style: "life"),
      SVG.line(Self.right, 38, Self.right, bottom, style: "life"),
    ]
    for (index, step) in steps.enumerated() {
      content += arrow(step, at: 40 + Double(index) * pitch + 26)
    }
    let description = steps.map {
      "\(name($0.side))\($0.time.map { " after \(Times.duration($0))" } ?? ""): \($0.text)"
        + ($0.note.isEmpty ? "" : " (\($0.note))")
    }.joined(separator: "; ")
    return SVG.picture(
      id: id, width: Self.width, height: Int(bottom) + 6,
      title: "First messages between \(flow.client) and \(flow.server)",
      description: description.isEmpty ? "no message was captured" : description, content)
  }

  /// An end in words.
  private func name(_ side: Side) -> String {
    guard areEndsOpen else { return side.rawValue }
    return (side == .client ? flow.client : flow.server).description
  }

  /// An end above its line; a long address reaches inwards from the picture's edge.
  private func end(_ endpoint: Endpoint, isClient: Bool) -> Markup {
    let text = endpoint.description
    if text.count <= 30 {
      return SVG.text(
        isClient ? Self.left : Self.right, 30, text, anchor: "middle", style: "mono")
    }
    return isClient
      ? SVG.text(0, 30, text, style: "mono")
      : SVG.text(Double(Self.width), 30, text, anchor: "end", style: "mono")
  }

  private func arrow(_ step: Step, at y: Double) -> [Markup] {
    let isClient = step.side == .client
    let (from, to) = isClient ? (Self.left, Self.right) : (Self.right, Self.left)
    let back = isClient ? -9.0 : 9.0
    let head =
      "M \(SVG.number(to)) \(SVG.number(y)) l \(SVG.number(back)) -4.5 l 0 9 z"
    var parts = [
      SVG.line(from, y, to + back / 2, y, style: "arrow \(step.side.rawValue)"),
      .element("path", ["d": head, "class": "head \(step.side.rawValue)"]),
      SVG.text((from + to) / 2, y - 7, step.text, anchor: "middle", style: "mono"),
      SVG.text(Self.right + 14, y + 4, step.note, style: "soft"),
    ]
    if let time = step.time {
      parts.append(
        SVG.text(
          Self.left - 14, y + 4, time == 0 ? "0" : "+\(Times.duration(time))", anchor: "end",
          style: "soft"))
    }
    return parts
  }

  /// The opening as far as it was captured, then the messages.
  private var steps: [Step] {
    var steps: [Step] = []
    for (index, packet) in [flow.firstPacket, flow.firstAnswer].compactMap(\.self).enumerated() {
      guard let header = packet.tcp, !header.flags.isDisjoint(with: [.syn, .rst, .fin]) else {
        continue
      }
      steps.append(
        Step(
          side: packet.side, time: index == 0 ? 0 : nil, text: MessageWords.flags(header.flags),
          note: packet.payloadLength > 0 ? Amounts.bytes(packet.payloadLength) : ""))
    }
    let said = flow.conversation
    let framed = isWebSocket ? WebSocketWords(said) : nil
    for turn in said.turns.prefix(Self.most) {
      let kept = said[turn.side].bytes
      let range = turn.range.clamped(to: 0..<kept.count)
      steps.append(
        Step(
          side: turn.side, time: max(0, turn.time.nanoseconds(since: flow.first)),
          text: framed?.of(turn) ?? MessageWords.short(kept[range]),
          note: Amounts.bytes(turn.length)))
    }
    return steps
  }

  /// What the picture leaves out; nil when it shows everything that was kept.
  var rest: String? {
    let turns = flow.conversation.turns.count
    guard turns > Self.most else { return nil }
    return "\(turns - Self.most) later messages are not drawn"
  }
}
