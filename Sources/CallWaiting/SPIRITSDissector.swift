import Flows
import Identify
import Packets

/// The SPIRITS protocol (RFC 3910): subscriptions to detection points, their notifications, and ICW proper.
struct SPIRITSDissector {
  /// Requests that make the exchange a documented one.
  private(set) var family: [SIPTransaction] = []
  private(set) var calls: [Call] = []
  private(set) var signs: [CallWaitingFinding.Seen] = []
  private(set) var disqualified: CallWaitingFinding.Disqualification?

  private let dialogs: Dialogs

  /// Answers by which a person declines; other errors are a stack's.
  private static let rejections: Set<Int> = [480, 486, 600, 603, 606]
  /// Seconds below which no person has chosen.
  private static let humanDelay = 2.0

  init(_ dialogs: Dialogs) {
    self.dialogs = dialogs
    for transaction in dialogs.transactions {
      switch transaction.method {
      case "SUBSCRIBE": subscribe(transaction)
      case "NOTIFY": notify(transaction)
      case "INVITE": invite(transaction)
      default: break
      }
    }
    if !family.isEmpty { disqualified = nil }
  }

  /// Section 5.3.4: what creates a subscription must carry a document.
  private mutating func subscribe(_ transaction: SIPTransaction) {
    let message = transaction.request.message
    guard Self.hasPackage(message) else { return }
    note(header: transaction)
    // Ending a subscription needs no body (RFC 3265 section 3.1.4.2).
    if message["expires"] == "0" { return }
    guard let found = document(in: transaction) else { return }
    guard transaction.isSuccess else {
      disqualified = disqualified ?? .notAnswered
      return
    }
    note(event: transaction, found)
  }

  /// Section 5.3.8: the event fires in a NOTIFY with a body that ends the subscription.
  private mutating func notify(_ transaction: SIPTransaction) {
    let message = transaction.request.message
    guard message.parts.contains(where: { $0.type == SPIRITSDocument.mediaType }) else {
      if Self.hasPackage(message) { note(header: transaction) }
      return
    }
    guard let found = document(in: transaction) else { return }
    // A telephone confirms any NOTIFY: only one inside a dialog counts.
    let isInDialog = message["to"]?.lowercased().contains(";tag=") ?? false
    guard transaction.isSuccess, isInDialog else {
      disqualified = disqualified ?? .notAnswered
      return
    }
    note(event: transaction, found)
    let state = (message["subscription-state"] ?? "").lowercased().filter { $0 != " " }
    guard state.hasPrefix("terminated"), state.contains("reason=fired") else { return }
    for event in found.document.events where event.kind == .detectionPoint {
      var call = Call(
        carrier: .spirits, alerted: transaction.time, packet: transaction.request.packet)
      Self.fill(&call, from: event)
      calls.append(call)
    }
  }

  /// Section 5.4: an INVITE whose body has a session description and a document.
  private mutating func invite(_ transaction: SIPTransaction) {
    let message = transaction.request.message
    guard message.parts.contains(where: { $0.type == SPIRITSDocument.mediaType }) else { return }
    guard let found = document(in: transaction) else { return }
    guard message.hasSessionDescription else {
      disqualified = disqualified ?? .badDocument
      return
    }
    var call = dialogs.call(transaction, over: .spirits)
    if let event = found.document.events.first { Self.fill(&call, from: event) }
    call.outcome = dialogs.outcome(of: transaction)
    let isChosen = choose(&call, transaction)
    guard isChosen || isAlerted(transaction) else {
      disqualified = disqualified ?? .notAnswered
      return
    }
    note(event: transaction, found)
    calls.append(call)
  }

  /// Whether the subscriber's side took the alert up, though nobody chose: it rang, and the caller gave up.
  private func isAlerted(_ transaction: SIPTransaction) -> Bool {
    transaction.isRinging && dialogs.isCancelled(transaction)
  }

  /// Section 5.4.2: the final answer is the choice. False when there is none.
  private func choose(_ call: inout Call, _ transaction: SIPTransaction) -> Bool {
    guard let final = transaction.final, let status = final.message.status,
      !dialogs.isCancelled(transaction)
    else { return false }
    switch status {
    case 200...299:
      guard final.message.hasSessionDescription else { return false }
      call.choice = .accept
    case 300...399:
      guard let contact = final.message["contact"].flatMap({ SIPAddress($0) }) else { return false }
      redirect(&call, to: contact)
    default:
      let isHuman = transaction.answerSeconds ?? 0 >= Self.humanDelay
      guard Self.rejections.contains(status), isHuman || dialogs.isAcknowledged(transaction) else {
        return false
      }
      call.choice = .reject
    }
    call.answerSeconds = transaction.answerSeconds
    let isConfirmed = status < 300 || dialogs.isAcknowledged(transaction)
    call.outcome = isConfirmed ? .completed : .unknown
    return true
  }

  /// To the subscriber's own number: take the call on the line. Elsewhere: forward, or voice mail by its name.
  private func redirect(_ call: inout Call, to contact: SIPAddress) {
    if let number = contact.number, let own = call.called, Self.isSame(number, own) {
      call.choice = .accept
      return
    }
    let user = (contact.user ?? "").lowercased()
    let isMail = ["voicemail", "voice-mail", "vmail", "mailbox"].contains { user.contains($0) }
    call.choice = isMail ? .voiceMail : .forward
    call.forwardedTo = contact.number ?? contact.uri
  }

  // MARK: - Documents and signs

  private struct Found {
    let document: SPIRITSDocument
    let offset: Int
    let length: Int
  }

  /// The request's document; without a sound one the request is disqualified.
  private mutating func document(in transaction: SIPTransaction) -> Found? {
    let message = transaction.request.message
    guard let part = message.parts.first(where: { $0.type == SPIRITSDocument.mediaType }) else {
      disqualified = disqualified ?? .noBody
      return nil
    }
    guard let document = try? SPIRITSDocument(part.bytes) else {
      disqualified = disqualified ?? .badDocument
      return nil
    }
    return Found(
      document: document, offset: transaction.request.offset + part.offset, length: part.bytes.count
    )
  }

  private mutating func note(event transaction: SIPTransaction, _ found: Found) {
    family.append(transaction)
    let points = found.document.events.contains(where: \.hasNumber) ? 3 : 0
    signs.append(
      .init(
        .spiritsEvent, points: points, side: transaction.request.side, offset: found.offset,
        length: found.length))
  }

  private mutating func note(header transaction: SIPTransaction) {
    let request = transaction.request
    guard let place = request.message.place(of: "event") else { return }
    signs.append(
      .init(
        .spiritsHeader, points: transaction.isSuccess ? 1 : 0, side: request.side,
        offset: request.offset + place.offset, length: place.length))
  }

  /// Sections 5.3.2 and 6.3: the two packages; they have no parameters but the dialog's `id`.
  private static func hasPackage(_ message: SIPMessage) -> Bool {
    let package = (message["event"] ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    return package == "spirits-indps" || package == "spirits-user-prof"
  }

  private static func fill(_ call: inout Call, from event: SPIRITSDocument.Event) {
    call.called = event.called ?? call.called
    call.calling = event.calling ?? call.calling
    call.detectionPoint = event.kind == .detectionPoint ? event.name : nil
    call.cause = event.cause
  }

  /// Whether two numbers are one, written with and without country code or trunk prefix.
  static func isSame(_ one: String, _ other: String) -> Bool {
    let digits = [one, other].map { $0.filter(\.isNumber) }
    let tails = digits.map { $0.drop { $0 == "0" } }
    guard let shorter = tails.min(by: { $0.count < $1.count }), shorter.count >= 7 else {
      return digits[0] == digits[1]
    }
    return tails.allSatisfy { $0.hasSuffix(shorter) }
  }
}
