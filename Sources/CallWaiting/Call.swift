public import Packets

/// One call of a documented Internet Call Waiting protocol, as far as the capture shows it.
public struct Call: Hashable, Sendable {
  /// Which documented protocol carried it.
  public enum Carrier: String, Hashable, Sendable, CaseIterable {
    /// SIP with PINT extensions, as Korea Telecom and Telia used it (RFC 2995 sections 3 and 6, RFC 2848).
    case sipPINT = "sip-pint"
    /// SPIRITS (RFC 3910).
    case spirits
  }

  /// What the subscriber chose (RFC 2995 section 3, RFC 3910 section 5.4).
  public enum Choice: String, Hashable, Sendable {
    case accept, reject, forward
    case voiceMail = "voice-mail"
    /// The call ended without a choice.
    case none
  }

  /// How it ended.
  public enum Outcome: String, Hashable, Sendable {
    /// A BYE whose Subject, or a final answer that, says it worked.
    case completed
    /// A BYE whose Subject says that it failed, or an error answer that is no choice.
    case failed
    /// The caller hung up first (CANCEL).
    case abandoned
    /// The alert was never answered.
    case unanswered
    /// The capture ends before the call does.
    case unknown
  }

  /// The protocol.
  public var carrier: Carrier
  /// The calling number, as written; nil when withheld or not shown.
  public var calling: String?
  /// The calling party's name, when given.
  public var callingName: String?
  /// The called number: the subscriber's.
  public var called: String?
  /// When the alert (the INVITE or the firing NOTIFY) was seen.
  public var alerted: Timestamp
  /// What was chosen.
  public var choice: Choice
  /// Where the call was sent when forwarded.
  public var forwardedTo: String?
  /// Seconds from the alert to the choice; nil without one.
  public var answerSeconds: Double?
  /// How it ended.
  public var outcome: Outcome
  /// Detection point of the SPIRITS event (RFC 3910 section 5.2), such as `TB`.
  public var detectionPoint: String?
  /// Cause that the SPIRITS event gives (`Busy`, `Unreachable`).
  public var cause: String?
  /// Number of the packet that carried the alert.
  public var packet: Int

  /// A call that has just been alerted.
  public init(carrier: Carrier, alerted: Timestamp, packet: Int) {
    self.carrier = carrier
    self.alerted = alerted
    self.packet = packet
    choice = .none
    outcome = .unknown
  }
}
