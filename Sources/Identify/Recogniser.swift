public import Flows
public import Packets

/// One protocol: what it is called, where it is specified, and how its first bytes are told from everything else.
///
/// Recognisers know no ports and no addresses, and nothing of each other.
public struct Recogniser: Sendable {
  /// Canonical lower-case name, as verdicts and JSON carry it.
  public let name: String
  /// What people call it.
  public let title: String
  /// The specification that the bytes are held against.
  public let specification: String
  /// Transports that it can run on.
  public let transports: Set<Transport>
  /// What it was tested on.
  public let basis: Basis
  /// Whether an answer after the specification may be its request once more, so that a repetition speaks for it.
  let answersMayRepeat: Bool
  /// The look itself: never called for another transport or for a conversation without a byte.
  let look: @Sendable (Conversation) -> Opinion

  /// A recogniser; `look` must be a pure function of the conversation.
  public init(
    name: String, title: String, specification: String, transports: Set<Transport>, basis: Basis,
    answersMayRepeat: Bool = false, look: @escaping @Sendable (Conversation) -> Opinion
  ) {
    self.name = name
    self.title = title
    self.specification = specification
    self.transports = transports
    self.basis = basis
    self.answersMayRepeat = answersMayRepeat
    // Messages may end behind what was captured or kept of them; a ground is what was.
    self.look = { look($0).within($0) }
  }
}
