import Packets

/// The last packets of all flows, to recognise a copy that another interface (veth, bridge, NIC) showed again.
struct RecentPackets: Sendable {
  private struct Entry: Sendable {
    var signature: UInt64 = 0
    var time = Timestamp(nanoseconds: .min)
    var interface = -1
    var hopLimit: UInt8 = 0
  }

  private var entries = [Entry](repeating: Entry(), count: FlowLimits.recentPackets)
  private var next = 0

  /// Whether a packet is a copy of a recent one; remembers it when it is not.
  ///
  /// On the interface that showed the first, only an equal non-zero IPv4 identification proves a copy, or that it
  /// accepts a connection: a program may well send the same datagram twice, and an acknowledgement that is repeated says
  /// something. A retransmission comes later than a copy can.
  mutating func isCopy(_ packet: borrowing Packet, at time: Timestamp, interface: Int) -> Bool {
    let signature = Self.signature(packet)
    // A SYN+ACK of Linux has the identification 0, and is sent again after a second.
    let isAcceptance =
      if case .tcp(let tcp) = packet.header { tcp.flags.isSuperset(of: [.syn, .ack]) } else {
        false
      }
    for entry in entries where entry.signature == signature {
      let age = time.nanoseconds(since: entry.time)
      guard abs(age) <= FlowLimits.copyWindowNanoseconds, age != .min else { continue }
      if isAcceptance || entry.interface != interface || entry.hopLimit != packet.ip.hopLimit
        || (packet.ip.family == .ipv4 && packet.ip.identification.map { $0 != 0 } == true)
      {
        return true
      }
    }
    entries[next] = Entry(
      signature: signature, time: time, interface: interface, hopLimit: packet.ip.hopLimit)
    next = (next + 1) % entries.count
    return false
  }

  /// All that a bridge or router leaves as it is.
  private static func signature(_ packet: borrowing Packet) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ value: UInt64) {
      hash = (hash ^ value) &* 0x0000_0100_0000_01b3
      hash ^= hash >> 29
    }
    func mix(_ endpoint: Endpoint) {
      mix(UInt64(truncatingIfNeeded: endpoint.address.bits))
      mix(UInt64(truncatingIfNeeded: endpoint.address.bits >> 64))
      mix(UInt64(endpoint.port))
    }
    mix(packet.source)
    mix(packet.destination)
    mix(UInt64(packet.ip.identification ?? 0))
    mix(UInt64(truncatingIfNeeded: packet.payloadLength))
    switch packet.header {
    case .tcp(let tcp):
      mix(UInt64(tcp.sequence) << 32 | UInt64(tcp.acknowledgement))
      mix(UInt64(tcp.checksum) << 32 | UInt64(tcp.window) << 16 | UInt64(tcp.flags.rawValue))
    case .udp(let checksum):
      mix(UInt64(checksum))
    }
    return hash
  }
}
