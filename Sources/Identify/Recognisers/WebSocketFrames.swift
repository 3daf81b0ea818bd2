import Flows

/// Frames of WebSocket in a stream whose start was missed (RFC 6455 section 5.2): lengths that add up to the end of what was
/// sent, every frame of the client's masked and none of the server's, text that is UTF-8 or a ping that came back.
struct WebSocketFrames {
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
    let texts = all.count { $0.kind == .text && $0.isPlain && $0.content.count >= 2 }
    guard all.count >= 4, isEchoed || texts >= 3 else { return nil }
    grounds = [
      Ground(.client, asked.start, 6, "masked frames"),
      Ground(.server, answered.start, 2, "frames without a mask"),
    ]
  }

  /// The frames of a side from one of its first packets on; nil when none chain to the end.
  private static func frames(of side: Side, in conversation: Conversation) -> (
    start: Int, frames: [WebSocketFrame]
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

  private static func frames(_ bytes: ArraySlice<UInt8>, isMasked: Bool) -> [WebSocketFrame]? {
    var walk = ByteWalk(bytes)
    var frames: [WebSocketFrame] = []
    do throws(Misfit) {
      while walk.remaining > 0, frames.count < 64 {
        // Before anything is unmasked: most bytes that are looked at are no frames.
        guard walk.peek(1).map({ ($0 & 0x80 != 0) == isMasked }) ?? true else { return nil }
        let frame = try WebSocketFrame(&walk)
        // The last frame may be cut, or go on in what was not kept.
        guard frame.isWhole else { break }
        guard
          frame.kind != .text || !frame.isPlain
            || String(validating: frame.content, as: UTF8.self) != nil
        else { return nil }
        frames.append(frame)
      }
    } catch {
      guard error == .short else { return nil }
    }
    return frames.isEmpty ? nil : frames
  }

  private static func isEcho(_ asked: [WebSocketFrame], _ answered: [WebSocketFrame]) -> Bool {
    asked.contains { ping in
      ping.kind == .ping && ping.content.count >= 2
        && answered.contains { $0.kind == .pong && $0.content == ping.content }
    }
  }
}

extension WebSocketFrame {
  /// Whether its content is all of a message, as it was before compression.
  fileprivate var isPlain: Bool { isLast && !isCompressed }
}
