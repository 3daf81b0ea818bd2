import Flows

/// What a recogniser thinks of a conversation.
public enum Opinion: Hashable, Sendable {
  /// It is not this protocol, whatever follows.
  case no
  /// The bytes so far fit, more are needed.
  case undecided
  /// It is this protocol.
  case yes(Recognition)
}

extension Opinion {
  /// The same with grounds that lie in what was said.
  func within(_ conversation: Conversation) -> Opinion {
    guard case .yes(var recognition) = self else { return self }
    recognition.grounds = recognition.grounds.compactMap { ground in
      let length = min(ground.length, conversation[ground.side].bytes.count - ground.offset)
      return length > 0 ? Ground(ground.side, ground.offset, length, ground.what) : nil
    }
    return .yes(recognition)
  }
}
