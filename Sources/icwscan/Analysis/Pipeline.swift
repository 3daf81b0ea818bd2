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

  private var decoder: PortDecoder
  /// The open flows.
  var table: FlowTable

  /// An empty pipeline.
  init(port: UInt16, flows: Int = FlowLimits.flows) {
    decoder = PortDecoder(port: port)
    table = FlowTable(limit: flows)
  }

  /// The watched port.
  var port: UInt16 { decoder.port }
  /// Frames looked at.
  var frames: Int { decoder.frames }
  /// Packets of the port, ICMP errors not counted.
  var onPort: Int { decoder.onPort }

  /// Counts frames that were looked at before and hold nothing of the port.
  mutating func pass(upTo number: Int) { decoder.pass(upTo: number) }

  /// Takes one frame. `matches` is the user's filter, asked only about frames of the port; a datagram in fragments passes
  /// when one of its frames did.
  mutating func take(
    _ frame: Span<UInt8>, length: Int, time: Timestamp, link: LinkType?, number: Int,
    interface: Int,
    matches: () -> Bool, fragments held: HeldFragments
  ) -> Taken {
    let found = decoder.take(
      frame, length: length, time: time, link: link, number: number, matches: matches,
      fragments: held)
    switch found {
    case .nothing: return .nothing
    case .held: return .held
    case .packet(let packet, let bytes?, let fragments):
      let change = table.note(
        packet, payload: bytes.span.extracting(packet.payload), number: number, time: time,
        link: link ?? .ethernet, wireLength: packet.ip.totalLength, interface: interface)
      return .packet(packet, change: change, reassembled: bytes, fragments: fragments)
    case .packet(let packet, nil, let fragments):
      let change = table.note(
        packet, payload: frame.extracting(packet.payload), number: number, time: time,
        link: link ?? .ethernet, wireLength: length, interface: interface)
      return .packet(packet, change: change, reassembled: nil, fragments: fragments)
    case .error(let error):
      return .error(error, slot: table.note(error, number: number, time: time))
    }
  }

  /// Takes what was decoded elsewhere; `input` tells its input from others, which may have copies of its packets.
  mutating func take(_ event: PortEvent, number: Int, input: Int) -> Taken {
    decoder.pass(upTo: number)
    switch event.content {
    case .packet(let packet, payload: let payload):
      let change = table.note(
        packet, payload: payload.span, number: number, time: event.time, link: event.link,
        wireLength: event.wireLength, interface: event.interface &+ input)
      return .packet(packet, change: change, reassembled: nil, fragments: [])
    case .error(let error):
      return .error(error, slot: table.note(error, number: number, time: event.time))
    }
  }

  /// Takes the first fragments whose datagrams never became complete; with `all`, at the end of the capture.
  @discardableResult
  mutating func takeUnfinished(
    all: Bool, link: LinkType, fragments held: HeldFragments
  ) -> [UnfinishedDatagram] {
    let taken = decoder.takeUnfinished(all: all, fragments: held)
    for unfinished in taken {
      _ = table.note(
        unfinished.packet, payload: unfinished.payload.span.extracting(unfinished.packet.payload),
        number: unfinished.frames.first ?? 0, time: unfinished.time, link: link,
        wireLength: unfinished.payload.count)
    }
    return taken
  }

  /// The counters for the report.
  func counters(origin: Origin = Origin()) -> DropsRecord {
    decoder.counters(evicted: table.evicted, origin: origin)
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

  /// Whether it is a copy of a packet that another interface has shown.
  var isDuplicate: Bool {
    if case .packet(_, let change, _, _) = self { change.isDuplicate } else { false }
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
