import Flows
import Packets
import Report

/// Frames to flows: the part of the way that a live capture and a file share.
struct Pipeline: Sendable {
  /// What a frame did.
  enum Taken: Sendable {
    /// Nothing on the port.
    case nothing
    /// A fragment whose datagram is not complete.
    case held
    /// A packet of a flow.
    case packet(Packet, change: FlowChange, reassembled: [UInt8]?, fragments: [Int])
    /// An ICMP error that quotes the port; the flow's place when its packets were captured.
    case error(ICMPError, slot: Int?)
  }

  /// The watched port.
  let port: UInt16
  private var decoder: Decoder
  /// The open flows.
  var table: FlowTable
  /// What could not be read.
  private(set) var unread = Unread()
  /// Frames looked at.
  private(set) var frames = 0
  /// Packets of the port, ICMP errors not counted.
  private(set) var onPort = 0

  /// An empty pipeline.
  init(port: UInt16, flows: Int = FlowLimits.flows) {
    self.port = port
    decoder = Decoder(port: port)
    table = FlowTable(limit: flows)
  }

  /// Counts frames that were looked at before and hold nothing of the port.
  mutating func pass(upTo number: Int) { frames = max(frames, number) }

  /// Takes one frame. `matches` is the user's filter, asked only about frames of the port; a datagram in fragments passes
  /// when one of its frames did.
  mutating func take(
    _ frame: Span<UInt8>, length: Int, time: Timestamp, link: LinkType?, number: Int,
    interface: Int,
    matches: () -> Bool, fragments held: HeldFragments
  ) -> Taken {
    frames += 1
    guard let link else {
      unread.note(Malformed(.link, .linkType))
      return .nothing
    }
    if PortTest.of(frame, link: link, port: port) == .no { return .nothing }
    let decoded: Decoded
    do {
      decoded = try decoder.decode(frame, length: length, at: time, link: link, number: number)
    } catch {
      unread.note(error)
      return .nothing
    }
    switch decoded {
    case .other: return .nothing
    case .heldFragment: return .held
    case .packet(let packet):
      guard packet.touches(port), matches() else { return .nothing }
      onPort += 1
      let change = table.note(
        packet, payload: frame.extracting(packet.payload), number: number, time: time, link: link,
        wireLength: length, interface: interface)
      return .packet(packet, change: change, reassembled: nil, fragments: [])
    case .reassembled(let packet, let bytes, frames: let fragments):
      guard packet.touches(port), held.matched(fragments) || matches() else { return .nothing }
      onPort += 1
      let change = table.note(
        packet, payload: bytes.span.extracting(packet.payload), number: number, time: time,
        link: link,
        wireLength: packet.ip.totalLength, interface: interface)
      return .packet(packet, change: change, reassembled: bytes, fragments: fragments)
    case .error(let error):
      guard error.touches(port), matches() else { return .nothing }
      return .error(error, slot: table.note(error, number: number, time: time))
    }
  }

  /// Takes the first fragments whose datagrams never became complete; with `all`, at the end of the capture.
  mutating func takeUnfinished(all: Bool, link: LinkType, fragments held: HeldFragments) {
    for unfinished in decoder.takeUnfinished(all: all) {
      guard unfinished.packet.touches(port), held.matched(unfinished.frames) else { continue }
      onPort += 1
      _ = table.note(
        unfinished.packet, payload: unfinished.payload.span.extracting(unfinished.packet.payload),
        number: unfinished.frames.first ?? 0, time: unfinished.time, link: link,
        wireLength: unfinished.payload.count)
    }
  }

  /// The counters for the report.
  func counters(origin: Origin = Origin()) -> DropsRecord {
    DropsRecord(
      received: frames, onPort: onPort, evicted: table.evicted, unread: unread.list, origin: origin)
  }
}

extension Pipeline.Taken {
  /// What a packet line shows; nil when the frame is none of the port's.
  var content: PacketRecord.Content? {
    switch self {
    case .nothing, .held: nil
    case .packet(let packet, _, _, _): .packet(packet)
    case .error(let error, _): .error(error)
    }
  }

  /// The bytes of a datagram that came in fragments.
  var reassembled: [UInt8]? {
    if case .packet(_, _, let bytes, _) = self { bytes } else { nil }
  }

  /// The numbers of the frames that held its fragments.
  var fragments: [Int] {
    if case .packet(_, _, _, let numbers) = self { numbers } else { [] }
  }
}
