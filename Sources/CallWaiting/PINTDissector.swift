import Flows
import Identify
import Packets

/// Call waiting over SIP with PINT, as Korea Telecom and Telia had it (RFC 2995 sections 3 and 6, RFC 2848).
///
/// An ordinary telephone registers, is invited, rings, and talks or declines. So an INVITE and its answer count only
/// with a mark that ordinary telephony lacks.
struct PINTDissector {
  private(set) var isFamily = false
  private(set) var calls: [Call] = []
  private(set) var signs: [CallWaitingFinding.Seen] = []
  private(set) var disqualified: CallWaitingFinding.Disqualification?

  private let dialogs: Dialogs

  /// Answers that carry a choice in Korea Telecom's service.
  private static let choices: [Int: Call.Choice] = [
    200: .accept, 303: .forward, 380: .voiceMail, 603: .reject,
  ]
  /// Longest interval between REGISTERs that keep a session alive; the example has 20 seconds.
  private static let keepalive = 60.0
  /// Seconds below which no person has chosen.
  private static let humanDelay = 2.0

  init(_ dialogs: Dialogs) {
    self.dialogs = dialogs
    let hasTokens = addTokens()
    let invites = dialogs.transactions.filter { $0.method == "INVITE" }
    guard !dialogs.hasMedia else { return }
    var subscribers: Set<Side> = []
    for invite in invites where isCallWaiting(invite, hasTokens) {
      subscribers.insert(invite.request.side.opposite)
      if let final = invite.final {
        signs.append(
          .init(
            .pintCallWaiting, points: 3, side: final.side, offset: final.offset,
            length: final.message.length))
      }
    }
    isFamily = !subscribers.isEmpty
    guard isFamily else { return }
    // Once the service is known, its other alerts are calls too: those that the caller gave up, or nobody answered.
    calls = invites.filter { subscribers.contains($0.request.side.opposite) && !hasEvent($0) }.map(
      call)
    disqualified = nil
  }

  /// SPIRITS has a dissector of its own.
  private func hasEvent(_ invite: SIPTransaction) -> Bool {
    invite.request.message.parts.contains { $0.type == SPIRITSDocument.mediaType }
  }

  private func isCallWaiting(_ invite: SIPTransaction, _ hasTokens: Bool) -> Bool {
    guard let final = invite.final, let status = final.message.status, !hasEvent(invite),
      !invite.isRinging, !dialogs.isCancelled(invite)
    else { return false }
    let call = dialogs.call(invite, over: .sipPINT)
    guard call.called != nil || call.calling != nil else { return false }
    let isMarked = dialogs.subjectOutcome(of: invite) != nil || hasTokens
    if Self.choices[status] != nil {
      let registrations = registrations(of: final.side, before: invite)
      // These two are answers of no ordinary telephone; the others need a mark.
      let isRare = status == 303 || status == 380
      if isRare, isMarked || !registrations.isEmpty { return true }
      if isMarked, !registrations.isEmpty { return true }
      return isKeptAlive(registrations) && isWithoutMedia(invite)
        && invite.answerSeconds ?? 0 >= Self.humanDelay
    }
    return isRedirectToTelephone(invite, call)
  }

  /// Neither side offers a session: the call goes over the telephone line.
  private func isWithoutMedia(_ invite: SIPTransaction) -> Bool {
    !invite.request.message.hasSessionDescription
      && !(invite.final?.message.hasSessionDescription ?? false)
  }

  /// Telia: a gateway's query without media, between two numbers, redirected to a telephone number.
  private func isRedirectToTelephone(_ invite: SIPTransaction, _ call: Call) -> Bool {
    guard let final = invite.final, let status = final.message.status,
      status == 301 || status == 302,
      call.called != nil, call.calling != nil, isWithoutMedia(invite),
      dialogs.isAcknowledged(invite),
      let contact = final.message["contact"].flatMap({ SIPAddress($0) })
    else { return false }
    return contact.scheme == "tel" && contact.number != nil
  }

  /// Successful REGISTERs of the subscriber in front of the alert.
  private func registrations(of side: Side, before invite: SIPTransaction) -> [SIPTransaction] {
    dialogs.transactions.filter {
      $0.method == "REGISTER" && $0.request.side == side && $0.isSuccess
        && $0.request.packet < invite.request.packet
    }
  }

  /// At least three registrations that follow each other like a heartbeat.
  private func isKeptAlive(_ registrations: [SIPTransaction]) -> Bool {
    guard registrations.count >= 3 else { return false }
    let gaps = zip(registrations, registrations.dropFirst()).map { $1.time.seconds(since: $0.time) }
    let median = gaps.sorted()[gaps.count / 2]
    guard median > 1, median <= Self.keepalive else { return false }
    return gaps.allSatisfy { abs($0 - median) <= median * 0.25 }
  }

  private func call(_ invite: SIPTransaction) -> Call {
    var call = dialogs.call(invite, over: .sipPINT)
    call.outcome = dialogs.outcome(of: invite)
    guard let final = invite.final, let status = final.message.status, !dialogs.isCancelled(invite)
    else {
      return call
    }
    let redirect = status == 301 || status == 302
    guard let choice = Self.choices[status] ?? (redirect ? .forward : nil) else { return call }
    call.choice = choice
    call.answerSeconds = invite.answerSeconds
    if choice == .forward {
      let contact = final.message["contact"].flatMap { SIPAddress($0) }
      call.forwardedTo = contact?.number ?? contact?.uri
    }
    let isConfirmed = status == 200 || dialogs.isAcknowledged(invite)
    call.outcome = dialogs.subjectOutcome(of: invite) ?? (isConfirmed ? .completed : .unknown)
    return call
  }

  // MARK: - Tokens of RFC 2848

  /// Notes the tokens; true when a request that carries one succeeded.
  private mutating func addTokens() -> Bool {
    var hasSucceeded = false
    for transaction in dialogs.transactions {
      let request = transaction.request
      guard let place = Self.token(in: request.message) else { continue }
      if transaction.isSuccess { hasSucceeded = true } else { disqualified = .notAnswered }
      signs.append(
        .init(
          .pintTokens, points: transaction.isSuccess ? 2 : 0, side: request.side,
          offset: request.offset + place.offset, length: place.length))
    }
    if hasSucceeded { disqualified = nil }
    return hasSucceeded
  }

  /// Where a message carries a token of PINT (RFC 2848 sections 3.4 and 3.5).
  private static func token(in message: SIPMessage) -> (offset: Int, length: Int)? {
    if message.method == "UNSUBSCRIBE" { return (0, "UNSUBSCRIBE".utf8.count) }
    for name in ["require", "proxy-require", "supported"] {
      let value = message[name]?.lowercased() ?? ""
      if value.contains("org.ietf.sip.subscribe") || value.contains("org.ietf.sdp.require") {
        return message.place(of: name)
      }
    }
    let user = message.uri.flatMap { SIPAddress($0)?.user }
    if let user, ["R2C", "R2F", "R2FB", "R2HC"].contains(user) {
      return (0, (message.method?.utf8.count ?? 0) + 1 + (message.uri?.utf8.count ?? 0))
    }
    return nil
  }
}
