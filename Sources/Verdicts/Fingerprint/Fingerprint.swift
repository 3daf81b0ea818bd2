public import CallWaiting
public import Flows
import Packets

/// What can be said of payload that nobody could name, small enough for a ticket: enough to know the application again
/// when it is met on another host, or to write a rule for it.
public struct Fingerprint: Hashable, Sendable {
  /// First bytes of a side that are shown.
  public static let bytes = 32
  /// First messages that are shown.
  public static let messages = 8

  /// A payload-carrying packet: who sent it, how long it was, how long after the one before.
  public struct Message: Hashable, Sendable {
    /// Who sent it.
    public let side: Side
    /// Payload bytes on the wire.
    public let length: Int
    /// Nanoseconds since the packet before it; nil for the first.
    public let gap: Int64?
  }

  /// What the client's bytes look like; nil when none was captured.
  public private(set) var client: SideFingerprint?
  /// What the server's bytes look like; nil when none was captured.
  public private(set) var server: SideFingerprint?
  /// The first packets with payload, in the order of the capture.
  public let first: [Message]
  /// Messages that came at even intervals, of the side that had more of them; nil when there are none.
  public let keepalive: Rhythm.Keepalive?

  /// The fingerprint of a flow; nil when no byte of payload was captured.
  public init?(of flow: Flow) {
    let said = flow.conversation
    client = SideFingerprint(of: said.client)
    server = SideFingerprint(of: said.server)
    guard client != nil || server != nil else { return nil }
    var first: [Message] = []
    for (index, turn) in said.turns.prefix(Self.messages).enumerated() {
      first.append(
        Message(
          side: turn.side, length: turn.length,
          gap: index == 0
            ? nil : max(0, turn.time.nanoseconds(since: said.turns[index - 1].time))))
    }
    self.first = first
    keepalive = Rhythm(of: flow).keepalives.max { $0.count < $1.count }
  }

  /// The same without a byte of what was said: lengths, times and shares stay.
  public var withoutBytes: Fingerprint {
    var copy = self
    copy.client?.first = []
    copy.server?.first = []
    return copy
  }
}
