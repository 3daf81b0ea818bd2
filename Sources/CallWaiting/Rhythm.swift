public import Flows
import Packets

/// What the times and sizes of a flow's messages show, whatever their bytes are (dossier section 4.1, F5 and F7).
public struct Rhythm: Hashable, Sendable {
  /// A message of the server after a long silence that the client answered at human speed.
  public struct Answer: Hashable, Sendable {
    /// Number of the packet that carried the alert.
    public let alert: Int
    /// Number of the packet that carried the answer.
    public let answer: Int
    /// Seconds between the two: 2 to 60.
    public let seconds: Double
  }

  /// Messages of one side that come at even intervals.
  public struct Keepalive: Hashable, Sendable {
    /// Who sends them.
    public let side: Side
    /// Median of the intervals, in seconds.
    public let interval: Double
    /// How many there are among the kept messages.
    public let count: Int
    /// Number of the first one's packet in its capture.
    public let packet: Int
  }

  /// Alerts answered at human speed (F5), first to last.
  public let answers: [Answer]
  /// Messages of each side that come at even intervals, the client's first.
  public let keepalives: [Keepalive]
  /// Whether the flow is long-lived, slow, begun by the client and kept alive by it (F7).
  public let isLongAndQuiet: Bool

  /// Seconds of silence in front of an alert; keepalive messages do not break it.
  static let silence = 20.0
  /// Seconds that a person takes to answer (RFC 2995 gives no number; Dutch call waiting gave up after about a minute).
  static let humanDelay = 2.0...60.0
  /// Bytes that an alert or an answer has at most.
  static let smallMessage = 1_500
  /// Seconds that a flow lasts before it is called long-lived.
  static let longLife = 180.0
  /// Bits a second of a flow that counts as quiet, both directions together.
  static let quietRate = 1_000.0

  /// The client's keepalive messages; nil when there are none.
  public var keepalive: Keepalive? { keepalives.first { $0.side == .client } }

  /// Reads the rhythm of a flow from its counters and the times of its first messages.
  public init(of flow: Flow) {
    let messages = Self.messages(flow.conversation.turns)
    let clientBeat = Beat(of: .client, in: messages)
    let serverBeat = Beat(of: .server, in: messages)
    keepalives = [(Side.client, clientBeat), (.server, serverBeat)].compactMap { side, beat in
      beat.map {
        Keepalive(
          side: side, interval: $0.interval, count: $0.members.count,
          packet: messages[$0.members.min() ?? 0].packet)
      }
    }
    let beats = (clientBeat?.members ?? []).union(serverBeat?.members ?? [])
    answers = Self.answers(in: Self.withoutBeats(messages, beats), from: messages.first?.time)
    let seconds = flow.last.seconds(since: flow.first)
    let bits =
      Double(flow.clientCounters.payloadBytes) * 8 + Double(flow.serverCounters.payloadBytes) * 8
    isLongAndQuiet =
      clientBeat != nil && flow.knowsClient && flow.startSeen && seconds >= Self.longLife
      && bits / seconds < Self.quietRate
  }

  /// Messages that are not part of a beat, nor the prompt reply to one.
  private static func withoutBeats(_ messages: [Message], _ beats: Set<Int>) -> [Message] {
    messages.indices.filter { index in
      if beats.contains(index) { return false }
      guard index > 0, beats.contains(index - 1), messages[index - 1].side != messages[index].side
      else { return true }
      return messages[index].time.seconds(since: messages[index - 1].time) > humanDelay.lowerBound
    }.map { messages[$0] }
  }

  /// Alert and answer pairs; none when they follow each other like clockwork.
  private static func answers(in messages: [Message], from start: Timestamp?) -> [Answer] {
    var found: [Answer] = []
    for index in messages.indices {
      let alert = messages[index]
      let before = index > 0 ? messages[index - 1].time : start ?? alert.time
      guard alert.side == .server, alert.length <= smallMessage,
        alert.time.seconds(since: before) >= silence
      else { continue }
      // A stack may confirm the alert at once (SIP's 100); the person's choice comes after it.
      var next = index + 1
      while next < messages.count, messages[next].side == .client,
        messages[next].time.seconds(since: alert.time) < humanDelay.lowerBound
      { next += 1 }
      guard next < messages.count else { break }
      let answer = messages[next]
      let seconds = answer.time.seconds(since: alert.time)
      guard answer.side == .client, answer.length <= smallMessage, humanDelay.contains(seconds),
        isFollowedBySilence(next, in: messages)
      else { continue }
      found.append(Answer(alert: alert.packet, answer: answer.packet, seconds: seconds))
    }
    return isClockwork(found.map(\.seconds)) ? [] : found
  }

  /// After the answer the server may confirm it once; then nothing, or nothing for long.
  private static func isFollowedBySilence(_ index: Int, in messages: [Message]) -> Bool {
    var last = index
    if last + 1 < messages.count, messages[last + 1].side == .server,
      messages[last + 1].time.seconds(since: messages[last].time) < humanDelay.lowerBound
    {
      last += 1
    }
    guard last + 1 < messages.count else { return true }
    return messages[last + 1].time.seconds(since: messages[last].time) >= silence
  }

  /// Whether three or more delays are so alike that a timer, not a person, made them.
  static func isClockwork(_ delays: [Double]) -> Bool {
    guard delays.count >= 3, let least = delays.min(), let most = delays.max() else { return false }
    return most - least <= least * 0.1
  }
}
