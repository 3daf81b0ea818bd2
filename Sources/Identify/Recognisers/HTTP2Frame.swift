/// A frame of HTTP/2: nine bytes of header and a payload (RFC 9113 section 4.1).
struct HTTP2Frame {
  /// The frame's type; 0 to 9 are those of RFC 9113 section 6.
  let type: UInt8
  /// Its flags.
  let flags: UInt8
  /// The stream that it belongs to; 0 is the connection.
  let stream: UInt32
  /// Where its header begins.
  let offset: Int
  /// The payload's length as its header says.
  let length: Int

  /// Bytes of a frame's header.
  static let headerLength = 9
  /// Types by their names.
  static let headers: UInt8 = 1
  static let settings: UInt8 = 4
  static let continuation: UInt8 = 9

  /// A frame whose header is whole and keeps the rules of its type; nil otherwise.
  init?(_ bytes: [UInt8], at offset: Int) {
    guard offset >= 0, bytes.count - offset >= Self.headerLength else { return nil }
    let header = Array(bytes[offset..<offset + Self.headerLength])
    length = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
    type = header[3]
    flags = header[4]
    stream =
      UInt32(header[5]) << 24 | UInt32(header[6]) << 16 | UInt32(header[7]) << 8 | UInt32(header[8])
    self.offset = offset
    guard stream < 0x8000_0000, length <= Self.longest, isAllowed else { return nil }
  }

  /// A length that no endpoint allows in practice begins here; the default bound is 16,384 (RFC 9113 section 4.2).
  private static let longest = 1 << 20

  /// Whether the type is one of RFC 9113's own.
  var isKnown: Bool { type <= 9 }

  /// Whether it is SETTINGS of its sender's own, not an acknowledgement.
  var isOwnSettings: Bool { type == Self.settings && flags & 1 == 0 }

  /// The rules of RFC 9113 section 6 for stream, flags and length.
  private var isAllowed: Bool {
    switch type {
    case 0: stream != 0 && flags & ~0x09 == 0
    case 1: stream != 0 && flags & ~0x2d == 0 && length > 0
    case 2: stream != 0 && length == 5
    case 3: stream != 0 && length == 4
    case 4: stream == 0 && flags & ~1 == 0 && length % 6 == 0 && (flags & 1 == 0 || length == 0)
    case 5: stream != 0 && length >= 5
    case 6: stream == 0 && flags & ~1 == 0 && length == 8
    case 7: stream == 0 && length >= 8
    case 8: flags == 0 && length == 4
    case 9: stream != 0 && length > 0
    case 0x0a, 0x0c, 0x10: true
    // Endpoints send frames of types like 0x0b + 0x1f * n to keep others tolerant (RFC 8701's idea).
    default: length <= 16_384
    }
  }

  /// Frames one behind the other, at most `most`.
  static func chain(_ bytes: [UInt8], at offset: Int, most: Int = 32) -> (
    frames: [HTTP2Frame], isSound: Bool
  ) {
    var frames: [HTTP2Frame] = []
    var position = offset
    while frames.count < most, bytes.count - position >= headerLength {
      guard let frame = HTTP2Frame(bytes, at: position) else { return (frames, false) }
      frames.append(frame)
      position += headerLength + frame.length
    }
    return (frames, true)
  }

  /// Whether the settings that were captured have sound values (RFC 9113 section 6.5.2).
  func hasSoundSettings(_ bytes: [UInt8]) -> Bool {
    var position = offset + Self.headerLength
    let end = min(bytes.count, position + length)
    while end - position >= 6 {
      let entry = Array(bytes[position..<position + 6])
      let identifier = Int(entry[0]) << 8 | Int(entry[1])
      let value =
        UInt32(entry[2]) << 24 | UInt32(entry[3]) << 16 | UInt32(entry[4]) << 8 | UInt32(entry[5])
      switch identifier {
      case 2, 8, 9: if value > 1 { return false }
      case 4: if value > 0x7fff_ffff { return false }
      case 5: if !(16_384...16_777_215).contains(value) { return false }
      default: break
      }
      position += 6
    }
    return true
  }

  /// The header block fragment in a HEADERS frame, without padding and priority; cut where the capture is.
  func headerBlock(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard type == Self.headers else { return nil }
    var start = offset + Self.headerLength
    var end = start + length
    if flags & 0x08 != 0 {
      guard start < bytes.count else { return nil }
      end -= Int(bytes[start])
      start += 1
    }
    if flags & 0x20 != 0 { start += 5 }
    guard start < end, start < bytes.count else { return nil }
    return bytes[start..<min(end, bytes.count)]
  }
}
