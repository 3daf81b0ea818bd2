/// What a recogniser thinks of a conversation.
public enum Opinion: Hashable, Sendable {
  /// It is not this protocol, whatever follows.
  case no
  /// The bytes so far fit, more are needed.
  case undecided
  /// It is this protocol.
  case yes(Recognition)
}
