import Packets

/// A hello of SSL 2.0, which later versions also sent for compatibility (RFC 5246 appendix E.2).
struct SSL2Hello {
  /// Whether a server sent it.
  let isServer: Bool
  /// The version that the client offers or the server chose.
  let version: TLSVersion
  /// Bytes of header and message.
  let length: Int

  /// Reads the hello at the start of a stream; nil when it isn't one or is cut.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes.span)
    // The two-byte header, its top bit set, and the message that it announces.
    guard let header = reader.uint16(), header & 0x8000 != 0, let type = reader.uint8() else {
      return nil
    }
    let count = Int(header & 0x7fff)
    switch type {
    case 1:
      guard let number = reader.uint16(), let ciphers = reader.uint16(),
        let session = reader.uint16(),
        let challenge = reader.uint16(), number == 2 || (0x0300...0x0303).contains(number),
        ciphers > 0, ciphers % 3 == 0, session == 0 || session == 16, (16...32).contains(challenge),
        count == 9 + Int(ciphers) + Int(session) + Int(challenge),
        reader.skip(Int(ciphers) + Int(session) + Int(challenge))
      else { return nil }
      version = TLSVersion(rawValue: number)
    case 4:
      guard let hit = reader.uint8(), let kind = reader.uint8(), let number = reader.uint16(),
        let certificate = reader.uint16(), let ciphers = reader.uint16(),
        let connection = reader.uint16(), hit <= 1, kind <= 1, number == 2, ciphers % 3 == 0,
        (hit == 1) == (certificate == 0), (16...32).contains(connection) || connection == 0,
        count == 11 + Int(certificate) + Int(ciphers) + Int(connection)
      else { return nil }
      version = TLSVersion(rawValue: number)
    default: return nil
    }
    isServer = type == 4
    length = count + 2
  }

  /// Whether these bytes may be the start of one that is not there yet.
  static func couldBegin(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first & 0x80 != 0 else { return false }
    return bytes.count < 3 || bytes[2] == 1 || bytes[2] == 4
  }
}
