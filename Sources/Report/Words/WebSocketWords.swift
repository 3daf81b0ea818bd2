import Flows
import Identify

/// The messages of a WebSocket connection in a few words: what they say, without the mask of RFC 6455.
struct WebSocketWords {
  /// Characters that are told of a turn, about, and at least of what a frame carries.
  private static let longest = 64
  private static let shortest = 16

  private var frames: [Side: [WebSocketFrame]] = [:]

  /// The frames of a conversation.
  init(_ conversation: Conversation) {
    for side in Side.allCases {
      frames[side] = WebSocketFrame.frames(of: side, in: conversation)
    }
  }

  /// What was said in a turn; nil where its bytes are no frames, or begin with something else.
  func of(_ turn: Turn) -> String? {
    let frames = frames[turn.side] ?? []
    guard let first = frames.first, turn.range.lowerBound >= first.start, !turn.range.isEmpty,
      let last = frames.last, turn.range.lowerBound < last.end
    else { return nil }
    let begun = frames.filter { turn.range.contains($0.start) }
    guard let shown = begun.first else { return "goes on" }
    let goesOn = shown.start > turn.range.lowerBound ? "goes on, then " : ""
    let more = begun.count > 1 ? ", and \(Amounts.count(begun.count - 1, "more frame"))" : ""
    return goesOn + Self.of(shown, room: Self.longest - goesOn.count - more.count) + more
  }

  /// A frame in a few words, about as many characters as there is room for.
  private static func of(_ frame: WebSocketFrame, room: Int) -> String {
    var what = frame.isCompressed ? "compressed " : ""
    var content = frame.content[...]
    switch frame.kind {
    case .continuation: what = "continued"
    case .text: what += "text"
    case .binary: what += "binary"
    case .ping: what = "ping"
    case .pong: what = "pong"
    case .close:
      what = "close"
      // A status of two bytes, then words.
      if content.count >= 2 {
        what += " \(Int(content[0]) << 8 | Int(content[1]))"
        content = content.dropFirst(2)
        if content.isEmpty { return what }
      }
    }
    guard frame.length > 0 else { return what }
    return "\(what): \(MessageWords.short(content, to: max(shortest, room - what.count - 2)))"
  }
}
