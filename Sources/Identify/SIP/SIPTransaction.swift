import Flows
public import Packets

/// A request with the responses of the other side (RFC 3261 section 17), found by Call-ID and CSeq.
public struct SIPTransaction: Hashable, Sendable {
  /// The request as first sent.
  public let request: SIPTranscript.Entry
  /// Its responses in order.
  public var responses: [SIPTranscript.Entry] = []

  /// The first final response (200 to 699).
  public var final: SIPTranscript.Entry? { responses.first { $0.message.status ?? 0 >= 200 } }

  /// Whether the other side answered with success.
  public var isSuccess: Bool { (200...299).contains(final?.message.status ?? 0) }

  /// The request's method.
  public var method: String { request.message.method ?? "" }

  /// When the request was first seen.
  public var time: Timestamp { request.time }
}

extension SIPTranscript {
  /// The transactions in order of their requests; a repeated request begins none, and ACK has no response.
  public var transactions: [SIPTransaction] {
    struct Key: Hashable {
      let side: Side
      let callID: String
      let number: UInt32
      let method: String
    }
    var transactions: [SIPTransaction] = []
    var places: [Key: Int] = [:]
    for entry in entries {
      let message = entry.message
      guard let callID = message.callID, let sequence = message.sequence else { continue }
      let sender = message.isRequest ? entry.side : entry.side.opposite
      let key = Key(side: sender, callID: callID, number: sequence.number, method: sequence.method)
      if !message.isRequest {
        if let place = places[key] { transactions[place].responses.append(entry) }
      } else if places[key] == nil, message.method == sequence.method {
        places[key] = transactions.count
        transactions.append(SIPTransaction(request: entry))
      }
    }
    return transactions
  }
}
