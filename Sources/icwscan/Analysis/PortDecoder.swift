import Flows
import Packets
import Report

/// Frames to packets of the port: the part of the way before flows.
struct PortDecoder: Sendable {
  /// What a frame held.
  enum Found: Sendable {
    /// Nothing of the port.
    case nothing
    /// A fragment whose datagram is not complete.
    case held
    /// A packet; its payload lies in the frame, or in the bytes of a datagram that came in fragments.
    case packet(Packet, reassembled: [UInt8]?, fragments: [Int])
    /// An ICMP error that quotes the port.
    case error(ICMPError)
  }

  /// The watched port.
  let port: UInt16
  private var decoder: Decoder
  /// What could not be read.
  private(set) var unread = Unread()
  /// Frames looked at.
  private(set) var frames = 0
  /// Packets of the port, ICMP errors not counted.
  private(set) var onPort = 0

  /// Packets of the port whose checksum was left to the interface.
  private(set) var unfilledChecksums = 0
  /// Packets of the port whose checksum is wrong.
  private(set) var wrongChecksums = 0

  /// A decoder that has seen nothing.
  init(port: UInt16) {
    self.port = port
    decoder = Decoder(port: port)
  }

  /// Counts frames that were looked at before and hold nothing of the port.
  mutating func pass(upTo number: Int) { frames = max(frames, number) }

  /// Reads one frame. `matches` is the user's filter, asked only about frames of the port; a datagram in fragments passes
  /// when one of its frames did.
  mutating func take(
    _ frame: Span<UInt8>, length: Int, time: Timestamp, link: LinkType?, number: Int,
    matches: () -> Bool, fragments held: HeldFragments
  ) -> Found {
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
      count(packet)
      return .packet(packet, reassembled: nil, fragments: [])
    case .reassembled(let packet, let bytes, frames: let fragments):
      guard packet.touches(port), held.matched(fragments) || matches() else { return .nothing }
      count(packet)
      return .packet(packet, reassembled: bytes, fragments: fragments)
    case .error(let error):
      guard error.touches(port), matches() else { return .nothing }
      return .error(error)
    }
  }

  private mutating func count(_ packet: borrowing Packet) {
    onPort += 1
    switch packet.checksumState {
    case .unfilled: unfilledChecksums += 1
    case .wrong: wrongChecksums += 1
    case .right, .unknown: break
    }
  }

  /// The first fragments whose datagrams never became complete; with `all`, at the end of the capture.
  mutating func takeUnfinished(all: Bool, fragments held: HeldFragments) -> [UnfinishedDatagram] {
    let unfinished = decoder.takeUnfinished(all: all).filter {
      $0.packet.touches(port) && held.matched($0.frames)
    }
    onPort += unfinished.count
    return unfinished
  }

  /// The counters for the report.
  func counters(evicted: Int = 0, origin: Origin = Origin()) -> DropsRecord {
    var counters = DropsRecord(
      received: frames, onPort: onPort, evicted: evicted, unread: unread.list, origin: origin)
    counters.unfilledChecksums = unfilledChecksums
    counters.wrongChecksums = wrongChecksums
    return counters
  }
}
