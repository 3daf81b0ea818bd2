public import Flows

/// A protocol recognised, with the grounds and with what a user wants to know of it.
public struct Recognition: Hashable, Sendable {
  /// How much speaks for it; where two recognisers say yes the higher wins.
  public enum Strength: Int, Comparable, Sendable {
    /// One side only, of a protocol that answers, but with structure that chance or another protocol does not give.
    case oneSided = 1
    /// One side of a protocol that by nature has one direction, or several messages of one side that agree.
    case consistent
    /// Both sides, the one answering the other.
    case answered
    /// A checksum, an authentication tag, or an echo of a value that the other side chose.
    case proven

    /// The weaker first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Canonical lower-case name.
  public var application: String
  /// How much speaks for it.
  public var strength: Strength
  /// The bytes that it rests on.
  public var grounds: [Ground]
  /// What the first bytes tell the user; at most one value a field, most important first.
  public var facts: [Fact]
  /// The more general protocol that this one is carried in and that will be recognised too (`websocket` over `http`):
  /// then this one wins whatever the strengths.
  public var refines: String?
  /// Which of the conversation's sides the protocol's own direction shows to be the client; nil when it can't tell.
  public var clientIs: Side?
  /// The scanner or tool that the client's bytes belong to (`nmap`), when they are a known probe.
  public var tool: String?
  /// Whether the message that it rests on is worth several: it names its protocol and version where the grammar has them and
  /// obeys the grammar to its end, or is made of many nested parts with lengths of their own that all add up. Such a one
  /// names its protocol even where the other side was there to answer and did not.
  public var isElaborate: Bool

  /// Whether it rests on one message of a protocol that answers, and on nothing that is worth more.
  public var isLone: Bool { strength == .oneSided && !isElaborate }

  /// A recognition.
  public init(
    _ application: String, _ strength: Strength, grounds: [Ground], facts: [Fact] = [],
    refines: String? = nil,
    clientIs: Side? = .client, tool: String? = nil, isElaborate: Bool = false
  ) {
    self.application = application
    self.strength = strength
    self.grounds = grounds
    self.facts = facts
    self.refines = refines
    self.clientIs = clientIs
    self.tool = tool
    self.isElaborate = isElaborate
  }
}
