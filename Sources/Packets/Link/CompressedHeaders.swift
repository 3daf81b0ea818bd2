/// The TCP/IP headers that RFC 1144 compresses others against, by link.
///
/// Each direction of a link numbers its connections by itself, and not every capture tells the direction: both may
/// then use one number, and the TCP checksum, which is always sent, decides whose packet it is.
struct CompressedHeaders: Sendable {
  /// What tells links apart: the sender's hardware address, the innermost tunnel, pppd's direction.
  struct Link: Hashable, Sendable {
    var sender: UInt64?
    var tunnel: Encapsulation?
    var direction: UInt8
  }

  /// A connection's last header.
  struct Connection: Sendable {
    let slot: UInt8
    var header: CompressedHeader
    /// When it was last used, by a count.
    var used: Int
  }

  /// Links that are remembered; the oldest is forgotten for another one.
  static let mostLinks = 64
  /// Connections of one link: RFC 1144 has 16 in each direction, RFC 1332 lets peers agree on more.
  static let mostConnections = 64

  private var links: [Link: [Connection]] = [:]
  private var order: [Link] = []
  private var count = 0

  /// Remembers the header of an uncompressed packet under its connection's number.
  mutating func note(_ header: CompressedHeader, slot: UInt8, of link: Link) {
    count &+= 1
    if links[link] == nil {
      if order.count >= Self.mostLinks { links[order.removeFirst()] = nil }
      order.append(link)
    }
    var connections = links[link] ?? []
    connections.removeAll { $0.slot == slot && !$0.header.isReverse(of: header) }
    connections.append(Connection(slot: slot, header: header, used: count))
    if connections.count > Self.mostConnections {
      let oldest = connections.indices.min { connections[$0].used < connections[$1].used }
      if let oldest { connections.remove(at: oldest) }
    }
    links[link] = connections
  }

  /// The datagram of a compressed packet; nil when its connection is not known, or none fits.
  ///
  /// - Parameters:
  ///   - change: The packet behind its connection's number.
  ///   - slot: The number; nil stands for that of the packet before.
  ///   - isWhole: Whether the capture holds all of it, so that the checksum can decide.
  mutating func restore(
    _ change: CompressedChange, slot: UInt8?, of link: Link, isWhole: Bool
  ) -> [UInt8]? {
    guard var connections = links[link] else { return nil }
    // Without a number it is the connection used last, in one direction or the other.
    let recent = connections.indices.sorted { connections[$0].used > connections[$1].used }
    let candidates = slot.map { slot in recent.filter { connections[$0].slot == slot } } ?? recent
    guard isWhole || candidates.count == 1 else { return nil }
    for index in candidates {
      guard let next = connections[index].header.applying(change) else { continue }
      let datagram = next.datagram(change)
      guard !isWhole || CompressedHeader.isSound(datagram) else { continue }
      count &+= 1
      connections[index].header = next
      connections[index].used = count
      links[link] = connections
      return datagram
    }
    return nil
  }
}
