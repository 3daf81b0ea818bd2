import Flows
import Packets

/// A message of the GPRS tunnelling protocol (3GPP TS 29.060 section 6, TS 29.274 section 5, TS
/// 32.295 section 6).
struct GTPMessage {
  let version: UInt8
  let type: UInt8
  /// The sequence number, where there is one.
  private(set) var sequence: UInt32?
  /// Whether it carries a user's IP packet.
  private(set) var isPacket = false
  /// Whether more than its length vouches for it.
  private(set) var isTelling = false

  /// Reads a datagram; nil when it is none.
  init?(_ datagram: Datagram, isCharging: Bool) {
    var reader = Reader(datagram.bytes.span)
    guard let flags = reader.uint8(), let type = reader.uint8(), let length = reader.uint16(),
      type != 0
    else { return nil }
    version = flags >> 5
    self.type = type
    switch (version, flags & 0x10 != 0) {
    case (0...2, false) where isCharging:
      // Version 0 of GTP' may have a header of 6 bytes, or 20 as early GTP.
      let header = flags & 1 != 0 || version > 0 ? 6 : 20
      guard flags & 0x0e == 0x0e,
        Int(length) + header == datagram.length || Int(length) + 6 == datagram.length,
        let number = reader.uint16(), [1, 2, 3, 4, 5, 6, 7, 240, 241].contains(type)
      else { return nil }
      sequence = UInt32(number)
      isTelling = type >= 240
    case (0, true) where !isCharging:
      guard flags & 0x0e == 0x0e, Int(length) + 20 == datagram.length, let number = reader.uint16()
      else { return nil }
      sequence = UInt32(number)
      isPacket = type == 255
      isTelling = isPacket && Encapsulated.isInternet(datagram.bytes, at: 20, end: datagram.length)
    case (1, true) where !isCharging:
      guard flags & 0x08 == 0, Int(length) + 8 == datagram.length, reader.uint32() != nil else {
        return nil
      }
      if flags & 7 != 0 {
        guard let number = reader.uint16(), reader.skip(1), var next = reader.uint8() else {
          return nil
        }
        if flags & 2 != 0 { sequence = UInt32(number) }
        for _ in 0..<4 where flags & 4 != 0 && next != 0 {
          guard let words = reader.uint8(), words > 0, reader.skip(Int(words) * 4 - 2),
            let following = reader.uint8()
          else {
            return nil
          }
          next = following
        }
      }
      if type == 255 {
        isPacket = true
        isTelling = Encapsulated.isInternet(datagram.bytes, at: reader.offset, end: datagram.length)
        return
      }
      guard
        type <= 7 || (16...62).contains(type) || (96...129).contains(type) || type == 26
          || type == 31 || type == 254
      else { return nil }
      isTelling = Self.elements(&reader, isSecond: false)
    case (2, _) where !isCharging:
      // One message may follow another (the piggyback bit, section 5.5.1); both are held to their
      // lengths.
      let end = Int(length) + 4
      let follows = flags & 0x10 != 0
      guard flags & 7 == 0 || flags & 7 == 4,
        follows ? end < datagram.length : end == datagram.length
      else { return nil }
      if flags & 0x08 != 0 { guard reader.uint32() != nil else { return nil } }
      guard let number = reader.uint32() else { return nil }
      sequence = number >> 8
      guard end <= datagram.bytes.count, end >= reader.offset else {
        if datagram.isWhole { return nil }
        return
      }
      let body = Array(datagram.bytes[reader.offset..<end])
      var elements = Reader(body.span)
      isTelling = Self.elements(&elements, isSecond: true)
      guard isTelling || !follows && type <= 3 else { return nil }
      if follows {
        guard Self.isSecond(datagram, from: end) || !datagram.isWhole else { return nil }
      }
    default: return nil
    }
  }

  /// Whether a message of version 2 begins there and fills the rest.
  private static func isSecond(_ datagram: Datagram, from start: Int) -> Bool {
    var reader = Reader(datagram.bytes.span)
    guard reader.seek(to: start), let flags = reader.uint8(), flags >> 5 == 2, flags & 0x13 == 0,
      reader.uint8() != nil, let length = reader.uint16(),
      start + Int(length) + 4 == datagram.length,
      reader.skip(flags & 0x08 != 0 ? 8 : 4)
    else { return false }
    return elements(&reader, isSecond: true)
  }

  /// Whether at least one information element follows and all of them end where the bytes do.
  private static func elements(_ reader: inout Reader, isSecond: Bool) -> Bool {
    var count = 0
    while reader.remaining > 0, let type = reader.uint8(), count < 128 {
      if isSecond {
        guard let length = reader.uint16(), reader.skip(1 + Int(length)) else { return false }
      } else if type & 0x80 != 0 {
        guard let length = reader.uint16(), reader.skip(Int(length)) else { return false }
      } else {
        guard let size = sizes[type], reader.skip(size) else { return false }
      }
      count += 1
    }
    return count >= 1 && reader.remaining == 0
  }

  /// Sizes of the elements that have no length of their own (TS 29.060 table 37).
  private static let sizes: [UInt8: Int] = [
    1: 1, 2: 8, 3: 6, 4: 4, 5: 4, 8: 1, 9: 3, 11: 1, 12: 3, 13: 1, 14: 1, 15: 1, 16: 4, 17: 4,
    18: 5, 19: 1, 20: 1,
    21: 1, 22: 1, 23: 1, 24: 1, 25: 2, 26: 2, 27: 2, 28: 2, 29: 1, 127: 4,
  ]
}
