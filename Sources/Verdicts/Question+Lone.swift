import Flows
import Identify
import Packets

/// A request alone tells what its sender wanted and nothing of what is on the port. Where the other side could have answered
/// and did not, or said something else, it names nothing; where the capture does not show that, nothing follows from its
/// absence, and the request is named for what it is. A repetition of what was asked is something else, too. A greeting or
/// an answer is the service's own word, and an elaborate request (`Recognition.isElaborate`) is worth several messages.
extension Question {
  /// Seconds within which whoever answers has answered: longer than the first retransmission of every protocol here.
  static let patience = 5.0

  /// Whether all that speaks for a recognition is one request, and the other side is known to have given no answer of that
  /// protocol.
  func isLone(_ recognition: Recognition) -> Bool {
    guard recognition.isLone else { return false }
    if flow.conversation.isEchoed { return true }
    let asking = recognition.clientIs ?? .client
    guard recognition.grounds.allSatisfy({ $0.side == asking }) else { return false }
    let other = asking.opposite
    guard spoke(other) else { return wasLeftUnanswered(by: other) }
    // What the other side said is known from its beginning and is no answer, or the recogniser had taken it for one.
    let said = flow.conversation[other]
    return !said.bytes.isEmpty && said.beginsAtStart && !said.isIncomplete
      && flow.counters(other).cut == 0 && flow.conversation[asking].beginsAtStart
  }

  /// Whether a side that said nothing was there to answer: the connection was closed or reset, errors came
  /// in its place, or the capture, if only by the same request sent again, went on for long enough.
  private func wasLeftUnanswered(by other: Side) -> Bool {
    let asking = other.opposite
    guard flow.ground != .group,
      let asked = flow.conversation.turns.first(where: { $0.side == asking })
    else { return false }
    // Without a packet of the other side TCP's other direction was not captured, and nothing is known of an answer.
    guard flow.transport == .udp || flow.counters(other).packets > 0 else { return false }
    let waited = (flow.watchedUntil ?? flow.last).seconds(since: asked.time)
    if flow.end == .idle || waited >= Self.patience { return true }
    return flow.transport == .udp
      ? flow.icmpErrors > 0 : flow.state == .closed || flow.state == .reset
  }

  /// The verdict on a lone request: what it looks like, and that its answer would settle it.
  func loneRequest(_ recognition: Recognition) -> Verdict {
    var evidence = [
      Evidence(
        .loneRequest, .note, detail: recognition.application, packet: flow.firstPacket.number)
    ]
    evidence.append(Evidence(isAnswered ? .answerOtherwise : .noAnswer, .note))
    evidence += grounds(of: recognition).map {
      Evidence(
        $0.item, .note, detail: $0.detail, packet: $0.packet, side: $0.side, offset: $0.offset,
        length: $0.length)
    }
    return Verdict(
      .undetermined, role: role.role, evidence: evidence,
      missing: gaps + silentDirection + [.answer])
  }
}
