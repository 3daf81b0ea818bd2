import Flows
import Packets

/// A QUIC packet with a long header (RFC 9000 section 17.2).
struct QUICPacket {
  /// The packet types.
  enum Kind {
    case versionNegotiation
    case initial
    case zeroRTT
    case handshake
    case retry
  }

  let kind: Kind
  let version: QUICVersion
  /// Destination and source connection identifiers.
  let destination: [UInt8]
  let source: [UInt8]
  /// Where the packet starts in its datagram.
  let offset: Int
  /// Where its packet number starts; the token and the length lie before it.
  private(set) var numberOffset = 0
  /// Bytes of the whole packet.
  private(set) var length = 0
  /// Versions that a Version Negotiation packet lists.
  private(set) var versions: [UInt32] = []

  /// Reads the packet at `offset`; nil when it has no sound long header of a known version.
  ///
  /// `anyVersion` also takes a version that is not known, as far as the invariants go (RFC 8999).
  init?(_ datagram: Datagram, at offset: Int, anyVersion: Bool = false) {
    var reader = Reader(datagram.bytes.span)
    guard reader.seek(to: offset), let first = reader.uint8(), first & 0x80 != 0,
      let number = reader.uint32(), let destination = reader.vector8(),
      let source = reader.vector8(),
      destination.count <= 20, source.count <= 20
    else { return nil }
    self.offset = offset
    self.destination = destination
    self.source = source
    version = QUICVersion(rawValue: number)
    let left = datagram.length - reader.offset
    if number == 0 {
      kind = .versionNegotiation
      length = datagram.length - offset
      guard left >= 4, left % 4 == 0, left <= 256 else { return nil }
      while versions.count < 64, let one = reader.uint32() { versions.append(one) }
      return
    }
    if anyVersion, !version.isKnown {
      kind = .initial
      length = datagram.length - offset
      return
    }
    guard version.isKnown, first & 0x40 != 0 else { return nil }
    switch (first >> 4 & 3 &+ (version.isSecond ? 3 : 0)) & 3 {
    case 0: kind = .initial
    case 1: kind = .zeroRTT
    case 2: kind = .handshake
    default:
      // A Retry is a token and an integrity tag of 16 bytes, to the end of the datagram.
      kind = .retry
      length = datagram.length - offset
      if left < 17 { return nil }
      return
    }
    if kind == .initial {
      guard let token = reader.variable(), token <= UInt64(datagram.length),
        reader.offset + Int(token) < datagram.length
      else { return nil }
      if !reader.skip(Int(token)) {
        length = datagram.length - offset
        return
      }
    }
    // A packet number and a sample for the header's protection at least (RFC 9001 section 5.4.2).
    guard let count = reader.variable(), count >= 20, count <= UInt64(datagram.length),
      reader.offset + Int(count) <= datagram.length
    else { return nil }
    numberOffset = reader.offset
    length = numberOffset + Int(count) - offset
  }

  /// The packets with long headers of a datagram; empty when the first one is none.
  static func all(in datagram: Datagram) -> [QUICPacket] {
    var packets: [QUICPacket] = []
    var offset = 0
    while packets.count < 8, offset < datagram.bytes.count,
      let packet = QUICPacket(datagram, at: offset)
    {
      packets.append(packet)
      offset += packet.length
    }
    return packets
  }
}

extension Reader {
  /// A number of variable length (RFC 9000 section 16).
  mutating func variable() -> UInt64? {
    guard let first = peek() else { return nil }
    let count = 1 << Int(first >> 6)
    guard remaining >= count, skip(1) else { return nil }
    var value = UInt64(first & 0x3f)
    for _ in 1..<max(count, 1) {
      guard let next = uint8() else { return nil }
      value = value << 8 | UInt64(next)
    }
    return value
  }
}
