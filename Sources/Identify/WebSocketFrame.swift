public import Flows

/// A frame of WebSocket, its content without the mask that it was sent with (RFC 6455 section 5.2).
public struct WebSocketFrame: Hashable, Sendable {
  /// What a frame carries (section 11.8).
  public enum Kind: UInt8, Sendable {
    case continuation = 0
    case text
    case binary
    case close = 8
    case ping
    case pong
  }

  /// What it carries.
  public let kind: Kind
  /// Whether it is the last of its message.
  public let isLast: Bool
  /// Whether its message is compressed (RSV1, RFC 7692 section 6).
  public let isCompressed: Bool
  /// Whether it was sent masked, as every client's is.
  public let isMasked: Bool
  /// The length of its content, in bytes.
  public let length: Int
  /// The content without the mask, as far as it was kept.
  public let content: [UInt8]
  /// Where it begins in the bytes that its side sent.
  public let start: Int
  /// Where what was kept of it ends there.
  public let end: Int

  /// Whether all of its content was kept.
  public var isWhole: Bool { content.count == length }
}

extension WebSocketFrame {
  /// The next frame of a walk, which is passed as far as it was kept.
  ///
  /// - Throws: `Misfit`: `.short` where even the header is not whole, `.wrong` where it is none.
  init(_ walk: inout ByteWalk) throws(Misfit) {
    start = walk.bytes.startIndex + walk.offset
    let first = try walk.uint8()
    let second = try walk.uint8()
    guard let kind = Kind(rawValue: first & 15), first & 0x30 == 0 else { throw .wrong }
    self.kind = kind
    isLast = first & 0x80 != 0
    isCompressed = first & 0x40 != 0
    isMasked = second & 0x80 != 0
    var length = UInt64(second & 0x7f)
    // The shortest form is the only one.
    if length == 126 {
      length = UInt64(try walk.uint16())
      guard length >= 126 else { throw .wrong }
    } else if length == 127 {
      length = try walk.uint64()
      guard length > 0xffff, length < 1 << 32 else { throw .wrong }
    }
    // Control frames are short, whole and never compressed.
    guard kind.rawValue < 8 || length <= 125 && isLast && !isCompressed else { throw .wrong }
    let mask = isMasked ? Array(try walk.take(4)) : [0, 0, 0, 0]
    self.length = Int(length)
    content = try walk.take(min(Int(length), walk.remaining)).enumerated().map {
      $1 ^ mask[$0 % 4]
    }
    end = walk.bytes.startIndex + walk.offset
  }

  /// The frames of a side of a WebSocket connection as far as they were kept: behind its part of the opening handshake, or
  /// from where frames were found when the start was missed. None where the bytes are something else.
  public static func frames(of side: Side, in conversation: Conversation) -> [WebSocketFrame] {
    let bytes = conversation[side].bytes
    let start: Int? =
      if conversation[side].beginsAtStart {
        HTTPHead(bytes).flatMap { $0.isWhole ? $0.end : nil }
      } else {
        WebSocketFrames(conversation)?.grounds.first { $0.side == side }?.offset
      }
    guard let start, start <= bytes.count else { return [] }
    var walk = ByteWalk(bytes[start...])
    var frames: [WebSocketFrame] = []
    while walk.remaining > 0, let frame = try? WebSocketFrame(&walk) {
      // Every frame of the client's is masked and none of the server's (section 5.1), and none continues nothing.
      guard frame.isMasked == (side == .client),
        frame.kind != .continuation || !frames.isEmpty || !conversation[side].beginsAtStart
      else { break }
      frames.append(frame)
    }
    return frames
  }
}
