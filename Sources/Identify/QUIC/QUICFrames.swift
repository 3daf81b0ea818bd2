import Packets

/// The pieces of the handshake that an Initial packet's CRYPTO frames carry (RFC 9000 section
/// 19.6).
struct QUICFrames {
  /// One piece and where it belongs.
  struct Piece {
    let offset: Int
    let bytes: [UInt8]
  }

  /// The pieces in the packet's order.
  private(set) var pieces: [Piece] = []
  /// The reason of a CONNECTION_CLOSE.
  private(set) var closing: [UInt8]?

  /// Reads frames as far as an Initial packet may hold them (RFC 9000 section 12.4).
  init(_ bytes: [UInt8]) {
    var reader = Reader(bytes.span)
    var count = 0
    while count < 256, let type = reader.uint8() {
      switch type {
      case 0, 1: continue
      case 2, 3: guard Self.passAcknowledgement(&reader, counts: type == 3) else { return }
      case 6:
        guard let offset = reader.variable(), let length = reader.variable(), offset <= 65_536,
          length <= UInt64(reader.remaining), let bytes = reader.copy(Int(length))
        else { return }
        pieces.append(Piece(offset: Int(offset), bytes: bytes))
      case 0x1c, 0x1d:
        guard reader.variable() != nil, type == 0x1d || reader.variable() != nil,
          let length = reader.variable(), length <= UInt64(reader.remaining)
        else { return }
        closing = reader.copy(Int(length))
      default: return
      }
      count += 1
    }
  }

  private static func passAcknowledgement(_ reader: inout Reader, counts: Bool) -> Bool {
    guard reader.variable() != nil, reader.variable() != nil, let ranges = reader.variable(),
      ranges <= 64,
      reader.variable() != nil
    else { return false }
    for _ in 0..<ranges * 2 + (counts ? 3 : 0) where reader.variable() == nil { return false }
    return true
  }

  /// The pieces of several packets put together from the first byte on, as far as none is missing.
  static func join(_ pieces: [Piece]) -> [UInt8] {
    var joined: [UInt8] = []
    for piece in pieces.sorted(by: { $0.offset < $1.offset }) {
      guard piece.offset <= joined.count else { break }
      let new = piece.bytes.dropFirst(joined.count - piece.offset)
      joined += new
    }
    return joined
  }
}
