import Packets

/// A STUN message (RFC 8489 section 5) or one of its predecessor without the magic cookie (RFC 3489
/// section 11.1).
struct STUNMessage {
  /// The two bits that tell requests from answers.
  enum Kind: UInt16 {
    case request = 0
    case indication = 0x010
    case success = 0x100
    case error = 0x110
  }

  /// The whole type field.
  let type: UInt16
  let kind: Kind
  /// 1 Binding, 3 Allocate, ...
  let method: UInt16
  let hasCookie: Bool
  /// The transaction identifier, with the cookie's place in front.
  let transaction: [UInt8]
  /// Attribute types in order.
  private(set) var types: [UInt16] = []
  /// The SOFTWARE attribute.
  private(set) var software: [UInt8]?
  /// The USERNAME attribute.
  private(set) var user: [UInt8]?
  /// The REALM attribute.
  private(set) var realm: [UInt8]?
  /// Whether a FINGERPRINT holds the right checksum.
  private(set) var isProven = false
  /// Bytes that it takes.
  let length: Int

  /// The transaction identifier; half of it where the datagram is cut there.
  private static func transaction(_ reader: inout Reader, _ end: Int?) -> [UInt8]? {
    if let whole = reader.copy(16) { return whole }
    guard let end, reader.remaining >= 8, end > reader.offset + reader.remaining else { return nil }
    return reader.copy(reader.remaining)
  }

  /// Reads the message that begins at `start`. `end` is where it must end, if it must; bytes may be
  /// cut before it.
  init?(_ bytes: [UInt8], from start: Int = 0, mustEndAt end: Int? = nil) {
    var reader = Reader(bytes.span)
    guard reader.seek(to: start), let type = reader.uint16(), type & 0xc000 == 0,
      let count = reader.uint16(),
      let transaction = Self.transaction(&reader, end), let kind = Kind(rawValue: type & 0x0110)
    else { return nil }
    let method = (type & 0x000f) | (type & 0x00e0) >> 1 | (type & 0x3e00) >> 2
    hasCookie = transaction.starts(with: [0x21, 0x12, 0xa4, 0x42])
    // Registered methods, and the one that browsers use for pings (IANA's registry "STUN Methods").
    guard (1...0xc).contains(method) || method == 0x80, hasCookie || method <= 4 else { return nil }
    // Programs that leave the padding out are told by the cookie alone.
    guard count % 4 == 0 || hasCookie && end != nil else { return nil }
    self.type = type
    self.kind = kind
    self.method = method
    self.transaction = transaction
    length = 20 + Int(count)
    if let end { guard start + length == end else { return nil } }
    let limit = start + length
    while reader.offset < limit, types.count < 64 {
      let position = reader.offset
      guard let type = reader.uint16(), let size = reader.uint16() else { return }
      let padded = hasCookie ? (Int(size) + 3) / 4 * 4 : Int(size)
      guard reader.offset + Int(size) <= limit else { return nil }
      let next = min(reader.offset + padded, limit)
      types.append(type)
      guard let value = reader.copy(Int(size)) else { return }
      switch type {
      case 0x8022: software = value
      case 0x0006: user = value
      case 0x0014: realm = value
      case 0x8028 where size == 4 && position + 8 == limit:
        let sum = Checksums.crc32(bytes[start..<position]) ^ 0x5354_554e
        isProven = value == [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
      default: break
      }
      guard next <= bytes.count, reader.seek(to: next) else { return }
    }
  }

  /// Whether the first attribute is a known one, so that the lengths mean something.
  var isTelling: Bool {
    guard let first = types.first else { return false }
    return (1...0x2d).contains(first) || (0x8000...0x8100).contains(first)
      || (0xc000...0xc080).contains(first)
  }
}
