import Flows

extension Flow {
  /// Whether its first packet was captured and the other end gave no answer, or refused it.
  var isUnanswered: Bool {
    knowsClient && startSeen && serverCounters.payloadBytes == 0
      && (serverCounters.packets == 0 || state == .refused)
  }
}
