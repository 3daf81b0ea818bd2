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

  /// Numbers to show.
  struct Shown {
    /// Sequence number.
    let sequence: UInt32
    /// Acknowledgement number.
    let acknowledgement: UInt32
    /// What selective acknowledgements count from: the other end's first sequence number, or 0.
    let base: UInt32
  }

  /// Numbers as they are in the first segment with ACK and in any SYN, relative to the first ones later.
  mutating func shown(_ packet: Packet, _ header: TCPHeader) -> Shown {
    let (sequence, acknowledgement) = (header.sequence, header.acknowledgement)
    guard header.flags.contains(.ack) else {
      return Shown(sequence: sequence, acknowledgement: acknowledgement, base: 0)
    }
    let isReversed = packet.destination < packet.source
    let key = Key(
      low: min(packet.source, packet.destination), high: max(packet.source, packet.destination))
    guard let origin = origins[key], !header.flags.contains(.syn) else {
      if origins.count >= Self.most { origins.removeAll(keepingCapacity: true) }
      let before = acknowledgement &- 1
      origins[key] =
        isReversed ? Origin(low: before, high: sequence) : Origin(low: sequence, high: before)
      return Shown(sequence: sequence, acknowledgement: acknowledgement, base: before)
    }
    let (own, other) = isReversed ? (origin.high, origin.low) : (origin.low, origin.high)
    return Shown(sequence: sequence &- own, acknowledgement: acknowledgement &- other, base: other)
  }
}
