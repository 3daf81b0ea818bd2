import Flows
import Packets

/// A compound RTCP packet (RFC 3550 section 6.1), or one of reduced size (RFC 5506), perhaps
/// encrypted behind its first eight bytes (RFC 3711 section 3.4).
struct RTCPCompound {
  /// One packet of it.
  struct Packet {
    let type: UInt8
    let count: UInt8
    let source: UInt32?
  }

  /// The packets in clear; only the first when the rest is encrypted.
  private(set) var packets: [Packet] = []
  /// Whether lengths add up to the end.
  private(set) var isExact = false
  /// The canonical name of a source description.
  private(set) var name: [UInt8]?

  /// Reads a datagram.
  init?(_ datagram: Datagram) { self.init(datagram.bytes, length: datagram.length) }

  /// Reads a packet of `length` bytes, of which `bytes` may be the first.
  init?(_ bytes: [UInt8], length: Int) {
    var reader = Reader(bytes.span)
    var position = 0
    while position < length, packets.count < 16 {
      guard reader.seek(to: position), let first = reader.uint8(), first >> 6 == 2,
        let type = reader.uint8(),
        let words = reader.uint16()
      else { break }
      let size = (Int(words) + 1) * 4
      guard Self.isSound(type, count: first & 31, size: size, isPadded: first & 0x20 != 0),
        position + size <= length
      else { break }
      packets.append(Packet(type: type, count: first & 31, source: reader.uint32()))
      if type == 202, name == nil, reader.seek(to: position + 8), reader.uint8() == 1 {
        name = reader.vector8()
      }
      position += size
    }
    guard let first = packets.first else { return nil }
    isExact = position == length
    if isExact { return }
    // Encrypted: an index and a tag follow the packets' lengths; then only the first header is in
    // clear.
    guard first.type == 200 || first.type == 201 || first.type == 205 || first.type == 206,
      length >= 22
    else { return nil }
    packets = [first]
  }

  /// Whether a packet's length fits its type and count.
  private static func isSound(_ type: UInt8, count: UInt8, size: Int, isPadded: Bool) -> Bool {
    let blocks = Int(count) * 24
    return switch type {
    case 200: size >= 28 + blocks
    case 201: size >= 8 + blocks
    case 202: count == 0 ? size == 4 : size >= 4 + Int(count) * 8
    case 203: size >= 4 + Int(count) * 4
    case 204: size >= 12
    case 205, 206: size >= 12 && (1...31).contains(count)
    case 207: size >= 8
    case 192, 193: size == 8
    case 194, 195, 208...213: size >= 8
    default: false
    }
  }

  /// Whether one alone is telling: a report and a source description whose lengths fill it.
  var isTelling: Bool {
    isExact && packets.count >= 2 && (packets.first?.type == 200 || packets.first?.type == 201)
      && packets.contains { $0.type == 202 }
  }
}
