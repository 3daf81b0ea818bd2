import Flows
import Packets

/// A packet of Google's QUIC before it took over the IETF's header: versions Q024 to Q043 with a
/// public header, Q044 to Q049 with an early long header.
struct GoogleQUICPacket {
  /// The version tag; nil in packets that leave it out.
  let version: String?
  /// The connection identifier; empty where a server leaves it out.
  let connection: [UInt8]
  /// The crypto handshake message that the first frame carries, from its tag on.
  let message: [UInt8]?

  /// Reads a packet with a version, as a client's first ones are.
  init?(first datagram: Datagram) {
    var reader = Reader(datagram.bytes.span)
    guard datagram.length >= 30, let flags = reader.uint8() else { return nil }
    if flags & 0x80 != 0 {
      // The early long header: version, one byte with the lengths of two identifiers, the
      // identifiers.
      guard flags & 0x40 != 0, let tag = Self.tag(&reader), (44...49).contains(tag.number),
        let lengths = reader.uint8(), lengths == 0x50 || lengths == 0x05,
        let connection = reader.copy(8)
      else { return nil }
      version = tag.text
      self.connection = connection
    } else {
      // Version and identifier of eight bytes present, nothing that no version uses.
      guard flags & 0xc9 == 0x09, let connection = reader.copy(8), let tag = Self.tag(&reader),
        (24...43).contains(tag.number)
      else { return nil }
      version = tag.text
      self.connection = connection
    }
    message = Self.message(in: datagram.bytes, from: reader.offset)
  }

  /// Reads a server's packet that repeats a connection identifier.
  static func doesRepeat(_ connection: [UInt8], _ datagram: Datagram) -> Bool {
    guard let flags = datagram.bytes.first else { return false }
    if flags & 0x80 != 0 {
      return datagram.bytes.dropFirst(6).starts(with: connection)
        && datagram.bytes.dropFirst(1).first == 0x51
    }
    return flags & 0xc1 == 0x00 && flags & 0x08 != 0
      && datagram.bytes.dropFirst().starts(with: connection)
      || flags & 0xca == 0x0a && datagram.bytes.dropFirst().starts(with: connection)
      || flags & 0xc9 == 0x09 && datagram.bytes.dropFirst().starts(with: connection)
  }

  private static func tag(_ reader: inout Reader) -> (text: String, number: Int)? {
    guard let version = reader.uint32(), let text = QUICVersion(rawValue: version).tag,
      text.hasPrefix("Q"),
      let number = Int(text.dropFirst())
    else { return nil }
    return (text, number)
  }

  /// The CHLO behind packet number, hash, and the header of a stream frame.
  private static func message(in bytes: [UInt8], from start: Int) -> [UInt8]? {
    let tag = Array("CHLO".utf8)
    for offset in start..<min(start + 40, max(start, bytes.count - 8))
    where bytes[offset...].starts(with: tag) {
      return Array(bytes[offset...])
    }
    return nil
  }

  /// A value of the handshake message, by tag (`SNI`, `UAID`): a table of tags and ends, then the
  /// values.
  func value(_ name: String) -> [UInt8]? {
    guard let message else { return nil }
    var reader = Reader(message.span)
    guard reader.skip(4), let count = reader.uint16LittleEndian(), count <= 128, reader.skip(2)
    else { return nil }
    let wanted = Array(name.utf8) + [UInt8](repeating: 0, count: max(0, 4 - name.utf8.count))
    let values = 8 + Int(count) * 8
    var from = 0
    for _ in 0..<count {
      guard let tag = reader.copy(4), let end = reader.uint32LittleEndian(), Int(end) >= from else {
        return nil
      }
      if tag == wanted {
        guard values + Int(end) <= message.count else { return nil }
        return Array(message[values + from..<values + Int(end)])
      }
      from = Int(end)
    }
    return nil
  }
}
