import Flows
import Packets

extension Recogniser {
  /// sFlow: an agent's address, counters, and samples whose lengths fill the datagram. Agents are
  /// never answered.
  static let sFlow = Recogniser(
    name: "sflow", title: "sFlow", specification: "sFlow version 5 section 5, RFC 3176",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: agent), let first = talk.said.first else {
      return .no
    }
    guard talk.said.contains(where: \.message.isTelling) || talk.said.count > 2 else {
      return .undecided
    }
    return .yes(
      Recognition(
        "sflow", .consistent, grounds: [first.ground("samples")],
        facts: [Fact(.version, "\(first.message.version)")],
        clientIs: first.side))
  }

  private struct SFlowDatagram {
    let version: UInt32
    let isTelling: Bool
  }

  private static func agent(_ datagram: Datagram) -> SFlowDatagram? {
    var reader = Reader(datagram.bytes.span)
    guard let version = reader.uint32(), [2, 4, 5].contains(version), let family = reader.uint32(),
      family == 1 || family == 2, reader.skip(family == 1 ? 4 : 16)
    else { return nil }
    if version == 5 { guard reader.skip(4) else { return nil } }
    guard reader.skip(8), let samples = reader.uint32(), (0...64).contains(samples) else {
      return nil
    }
    guard version == 5 else { return SFlowDatagram(version: version, isTelling: samples > 0) }
    var offset = reader.offset
    for _ in 0..<samples {
      guard reader.seek(to: offset), let format = reader.uint32(), let size = reader.uint32(),
        size < 65_536
      else {
        guard !datagram.isWhole, offset < datagram.length else { return nil }
        return SFlowDatagram(version: version, isTelling: true)
      }
      // The enterprise's number stands in the upper twenty bits; its own formats are one to four.
      guard format >> 12 != 0 || (1...5).contains(format), size % 4 == 0 else { return nil }
      offset += 8 + Int(size)
    }
    guard offset == datagram.length else { return nil }
    return SFlowDatagram(version: version, isTelling: samples > 0)
  }
}
