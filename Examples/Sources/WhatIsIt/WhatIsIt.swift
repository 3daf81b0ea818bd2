import CallWaiting
import Captures
import Flows
import Identify
import Packets
import Sockets
import Verdicts

/// Says what the flows of a capture are, and without a capture who holds the port of this host.
///
///     swift run WhatIsIt CAPTURE
///     swift run WhatIsIt
@main struct WhatIsIt {
  static let port: UInt16 = 3699

  static func main() throws {
    if CommandLine.arguments.count > 1 {
      try tellFlows(of: CommandLine.arguments[1])
    } else {
      try tellHolders()
    }
  }

  /// Frames to packets to flows to verdicts.
  static func tellFlows(of path: String) throws {
    var file = try CaptureFile(path: path)
    var decoder = Decoder(port: port)
    var flows = FlowTable()
    while true {
      let count = try file.read(most: 1024) { frame in
        note(frame, &decoder, &flows)
        return true
      }
      if count == 0 { break }
    }
    flows.finish()
    for ended in flows.takeEnded() {
      let flow = ended.flow
      let verdict = Verdict(
        of: flow, identification: Identification(of: flow.conversation),
        finding: CallWaitingFinding(of: flow.conversation), context: VerdictContext(port: port))
      print(
        "\(flow.transport) \(flow.client) > \(flow.server): \(verdict.verdictClass.rawValue)",
        verdict.application ?? "unnamed")
    }
  }

  /// Takes one frame; what can't be decoded is no packet.
  static func note(_ frame: borrowing Frame, _ decoder: inout Decoder, _ flows: inout FlowTable) {
    guard let link = LinkType(number: frame.linkType) else { return }
    let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
    guard
      let decoded = try? decoder.decode(
        frame.bytes, length: frame.length, at: time, link: link, number: frame.number)
    else { return }
    switch decoded {
    case .packet(let packet) where packet.touches(port):
      _ = flows.note(
        packet, payload: frame.bytes.extracting(packet.payload), number: frame.number, time: time,
        link: link, wireLength: frame.length)
    case .reassembled(let packet, let bytes, frames: _) where packet.touches(port):
      _ = flows.note(
        packet, payload: bytes.span.extracting(packet.payload), number: frame.number, time: time,
        link: link, wireLength: packet.ip.totalLength)
    default: break
    }
  }

  /// Who holds the port, as far as this user may see. What a process calls itself may hold anything: escape it before a
  /// terminal sees it.
  static func tellHolders() throws {
    for owned in try PortSurvey.take(port: port).sockets {
      let holders = owned.holders.map { "pid \($0.process.pid)" }
      print(
        "\(owned.socket.transport) \(owned.socket.state.rawValue):",
        holders.isEmpty ? owned.missing?.rawValue ?? "nobody" : holders.joined(separator: ", "))
    }
  }
}
