import Packets

/// The first sequence numbers of connections, so that later ones can be shown relative to them, as tcpdump does.
struct SequenceNumbers: Sendable {
  /// Connections that are remembered; beyond that all are forgotten, and numbers are shown whole once more.
  static let most = 65_536

  private struct Key: Hashable {
    let low: Endpoint
    let high: Endpoint
  }

  private struct Origin {
    /// First sequence number of the lower end.
    let low: UInt32
    /// First sequence number of the higher end.
    let high: UInt32
  }

  private var origins: [Key: Origin] = [:]

  /// Sequence and acknowledgement number to show: whole in the first segment with ACK (or in any SYN), relative later.
  mutating func relative(_ packet: Packet, _ header: TCPHeader) -> (
    sequence: UInt32, acknowledgement: UInt32
  ) {
    let whole = (header.sequence, header.acknowledgement)
    guard header.flags.contains(.ack) else { return whole }
    let isReversed = packet.destination < packet.source
    let key = Key(
      low: min(packet.source, packet.destination), high: max(packet.source, packet.destination))
    guard let origin = origins[key], !header.flags.contains(.syn) else {
      if origins.count >= Self.most { origins.removeAll(keepingCapacity: true) }
      let before = header.acknowledgement &- 1
      origins[key] =
        isReversed
        ? Origin(low: before, high: header.sequence) : Origin(low: header.sequence, high: before)
      return whole
    }
    let (own, other) = isReversed ? (origin.high, origin.low) : (origin.low, origin.high)
    return (header.sequence &- own, header.acknowledgement &- other)
  }
}
