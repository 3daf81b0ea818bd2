import Flows
import Identify
import Packets

/// The whole messages of a conversation with their transactions, for the dissectors.
struct Dialogs {
  typealias Entry = SIPTranscript.Entry

  let entries: [Entry]
  let transactions: [SIPTransaction]
  /// Whether datagrams of media run between the messages.
  let hasMedia: Bool

  /// RTP packets beside the messages from which they are media.
  private static let fewPackets = 4

  init(_ transcript: SIPTranscript) {
    entries = transcript.entries.filter { $0.message.isWhole }
    transactions = transcript.transactions.compactMap { transaction in
      guard transaction.request.message.isWhole else { return nil }
      return transaction.withoutCutResponses
    }
    hasMedia = transcript.foreign.count > Self.fewPackets
  }

  /// Every request of a method in the dialog of a Call-ID.
  func requests(_ method: String, in callID: String?) -> [Entry] {
    entries.filter {
      $0.message.isRequest && $0.message.method == method && $0.message.callID == callID
    }
  }

  /// Whether the INVITE's sender confirmed its final answer.
  func isAcknowledged(_ invite: SIPTransaction) -> Bool {
    let number = invite.request.message.sequence?.number
    return requests("ACK", in: invite.request.message.callID).contains {
      $0.side == invite.request.side && $0.message.sequence?.number == number
    }
  }

  /// Whether the INVITE's sender took it back before the final answer, which CANCEL repeats by number (RFC 3261
  /// section 9.1).
  func isCancelled(_ invite: SIPTransaction) -> Bool {
    let number = invite.request.message.sequence?.number
    return requests("CANCEL", in: invite.request.message.callID).contains { cancel in
      guard cancel.side == invite.request.side, cancel.message.sequence?.number == number else {
        return false
      }
      return invite.final.map { cancel.packet < $0.packet } ?? true
    }
  }

  /// What the `Subject` of the dialog's BYE says of the call (RFC 2995 section 3).
  func subjectOutcome(of invite: SIPTransaction) -> Call.Outcome? {
    for bye in requests("BYE", in: invite.request.message.callID) {
      let subject = (bye.message["subject"] ?? "").lowercased()
      if subject.contains("fail") || subject.contains("unsuccess") { return .failed }
      if subject.contains("success") { return .completed }
    }
    return nil
  }

  /// A call with what the INVITE itself says, its choice not yet known.
  func call(_ invite: SIPTransaction, over carrier: Call.Carrier) -> Call {
    let message = invite.request.message
    var call = Call(carrier: carrier, alerted: invite.time, packet: invite.request.packet)
    let from = message["from"].flatMap { SIPAddress($0) }
    let name = from?.displayName
    call.calling = from?.number ?? name.flatMap { SIPAddress.number($0) }
    if let name, SIPAddress.number(name) == nil { call.callingName = name }
    call.called =
      message["to"].flatMap { SIPAddress($0)?.number }
      ?? message.uri.flatMap { SIPAddress($0)?.number }
    return call
  }

  /// How a call ended that nobody chose: taken back, an error, or no answer within a minute.
  func outcome(of invite: SIPTransaction) -> Call.Outcome {
    if isCancelled(invite) { return .abandoned }
    if invite.final != nil { return .failed }
    let waited = entries.contains { $0.time.seconds(since: invite.time) > 60 }
    return waited ? .unanswered : .unknown
  }
}

extension SIPTransaction {
  /// Seconds from the request to its final answer.
  var answerSeconds: Double? { final?.time.seconds(since: time) }

  /// Whether the answering side said that a telephone rings: what an ordinary call does and an alert does not.
  var isRinging: Bool { responses.contains { (180...183).contains($0.message.status ?? 0) } }

  fileprivate var withoutCutResponses: SIPTransaction {
    var transaction = self
    transaction.responses.removeAll { !$0.message.isWhole }
    return transaction
  }
}
