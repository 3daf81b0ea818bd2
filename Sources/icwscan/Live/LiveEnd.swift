import Report
import Sockets

/// What is known of one end of an open flow.
struct LiveEnd: Sendable {
  /// How often an end that nobody was named for is asked about again when more comes.
  private static let mostQuestions = 8
  /// How often one of which only the listener is known.
  private static let mostOfListeners = 6

  /// The process, when the end is on this host and somebody was named.
  var process: ProcessIdentity? { processKept.first }
  /// Most ends of a flood have none, and it is large.
  private var processKept: [ProcessIdentity] = []
  /// How it was found.
  private(set) var attribution: FlowRecord.Attribution?
  /// Whether the end is of another host.
  private(set) var isElsewhere = false
  /// Whether a socket listens on its port, where that was asked.
  private(set) var isListening = false
  /// The firewall's rule that ended what came to this end; most ends have none.
  var refusal: FirewallRefusal? { refusalKept.first }
  private var refusalKept: [FirewallRefusal] = []
  /// Whether the firewall was asked about.
  private(set) var hasAskedForFirewall = false
  /// The number of the question that is not answered yet; nil for none.
  private var question: UInt64?
  private var questions = 0
  private var reason: MissingOwner?

  /// Whether the end is known to be of this host.
  private(set) var isHere = false

  /// Whether an answer is still to come.
  var isAwaited: Bool { question != nil }

  /// Whether the question may be put, again if it was before.
  var isOpen: Bool { process == nil && !isElsewhere && question == nil }

  /// Whether it is worth to ask again for a packet of a flow in which somebody spoke: a connection that was not accepted yet
  /// has been given to whoever listens, and may be handed on since.
  func isWorthAsking(hasPayload: Bool) -> Bool {
    guard question == nil, !isElsewhere else { return false }
    return process == nil
      ? questions < Self.mostQuestions
      : hasPayload && attribution == .listener && questions < Self.mostOfListeners
  }

  /// Whether nobody is named until an answer comes: then it is waited for.
  var isUrgent: Bool { isAwaited && (process == nil || hasAskedForFirewall) }

  /// Why no process is named; nil when one is, or when the end is elsewhere.
  var missing: MissingOwner? {
    if process != nil || isElsewhere { return nil }
    return reason ?? (questions > 0 ? .notLookedFor : nil)
  }

  /// The question was put with this number; nil when there was no room for it.
  mutating func note(question number: UInt64?, asksForFirewall: Bool = false) {
    question = number
    if asksForFirewall { hasAskedForFirewall = true }
    questions += 1
  }

  /// Whether a reason says nothing of a process that was found before.
  private static func isPassing(_ reason: MissingOwner) -> Bool {
    [.vanished, .timeWait, .orphaned, .notLookedFor, .severalHolders].contains(reason)
  }

  /// Takes an answer, if it is the one that is awaited.
  mutating func take(_ answer: EndAnswer, number: UInt64) {
    guard question == number else { return }
    question = nil
    if process == nil { isElsewhere = !answer.isHere }
    if answer.isHere { isHere = true }
    if answer.isListening { isListening = true }
    if let refusal = answer.refusal { refusalKept = [refusal] }
    // The listener stays the answer where the connection is over by now, or could not be asked for; not where somebody has
    // it who can't be seen.
    if process != nil, answer.process == nil, answer.missing.map(Self.isPassing) ?? true { return }
    // Who is left of several that listened alike need not be the one that took it.
    if reason == .severalHolders, answer.method == .listener { return }
    processKept = answer.process.map { [$0] } ?? []
    attribution = answer.process == nil ? nil : FlowRecord.Attribution(answer.method)
    // A right that was lacking stays the reason when the connection is over and the socket gone.
    if reason?.isLackOfRight != true { reason = answer.missing }
  }
}
