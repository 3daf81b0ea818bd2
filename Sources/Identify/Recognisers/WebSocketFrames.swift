import Flows

/// Frames of WebSocket in a stream whose start was missed (RFC 6455 section 5.2): lengths that add up to the end of what was
/// sent, every frame of the client's masked and none of the server's, text that is UTF-8 or a ping that came back.
struct WebSocketFrames {
  private struct Frame {
    let kind: UInt8
    let isPlain: Bool
    let content: [UInt8]
  }

  /// Where the first frame of each side begins.
  let grounds: [Ground]
  /// Whether a ping was answered.
  let isEchoed: Bool

  /// Nil when the bytes are no frames, or too few.
  init?(_ conversation: Conversation) {
    guard !conversation.client.beginsAtStart, !conversation.server.beginsAtStart,
      let asked = Self.frames(of: .client, in: conversation),
      let answered = Self.frames(of: .server, in: conversation)
    else { return nil }
    let all = asked.frames + answered.frames
    isEchoed =
      Self.isEcho(asked.frames, answered.frames) || Self.isEcho(answered.frames, asked.frames)
    let texts = all.count { $0.kind == 1 && $0.isPlain && $0.content.count >= 2 }
    guard all.count >= 4, isEchoed || texts >= 3 else { return nil }
    grounds = [
      Ground(.client, asked.start, 6, "masked frames"),
      Ground(.server, answered.start, 2, "frames without a mask"),
    ]
  }

  /// The frames of a side from one of its first packets on; nil when none chain to the end.
  private static func frames(of side: Side, in conversation: Conversation) -> (
    start: Int, frames: [Frame]
  )? {
    let said = conversation[side]
    for turn in conversation.turns.lazy.filter({ $0.side == side }).prefix(8) {
      let start = turn.range.lowerBound
      guard start < said.bytes.count else { break }
      if let frames = frames(said.bytes[start...], isMasked: side == .client) {
        return (start, frames)
      }
    }
    return nil
  }

  private static func frames(_ bytes: ArraySlice<UInt8>, isMasked: Bool) -> [Frame]? {
    var walk = ByteWalk(bytes)
    var frames: [Frame] = []
    do throws(Misfit) {
      while walk.remaining > 0, frames.count < 64 {
        let first = try walk.uint8()
        let second = try walk.uint8()
        let kind = first & 15
        guard [0, 1, 2, 8, 9, 10].contains(kind), first & 0x30 == 0,
          (second & 0x80 != 0) == isMasked
        else { return nil }
        var length = UInt64(second & 0x7f)
        // The shortest form is the only one.
        if length == 126 {
          length = UInt64(try walk.uint16())
          guard length >= 126 else { return nil }
        } else if length == 127 {
          length = try walk.uint64()
          guard length > 0xffff, length < 1 << 32 else { return nil }
        }
        // Control frames are short, whole and never compressed.
        guard kind < 8 || length <= 125 && first & 0xc0 == 0x80 else { return nil }
        let mask = isMasked ? Array(try walk.take(4)) : [0, 0, 0, 0]
        let content = try walk.take(Int(length)).enumerated().map { $1 ^ mask[$0 % 4] }
        let isPlain = first & 0xc0 == 0x80
        guard kind != 1 || !isPlain || String(validating: content, as: UTF8.self) != nil else {
          return nil
        }
        frames.append(Frame(kind: kind, isPlain: isPlain, content: content))
      }
    } catch {
      // The last frame may be cut, or go on in what was not kept.
      return error == .short && !frames.isEmpty ? frames : nil
    }
    return frames
  }

  private static func isEcho(_ asked: [Frame], _ answered: [Frame]) -> Bool {
    asked.contains { ping in
      ping.kind == 9 && ping.content.count >= 2
        && answered.contains { $0.kind == 10 && $0.content == ping.content }
    }
  }
}
