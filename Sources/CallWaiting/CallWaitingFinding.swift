public import Flows

/// What the dissector of the documented ICW protocols found in one flow.
public struct CallWaitingFinding: Hashable, Sendable {
  /// Signs of the dossier's section 4.1 that rest on content; the item's name is its key in evidence.
  public enum Sign: String, Hashable, Sendable, CaseIterable {
    /// F1: well-formed SPIRITS XML with a known detection point and a number, in an answered dialog.
    case spiritsEvent = "F1"
    /// F2: only the `Event: spirits-INDPs` header.
    case spiritsHeader = "F2"
    /// F3: keepalive REGISTERs, an INVITE from the server, a choice among 200, 303, 380 and 603, no media.
    case pintCallWaiting = "F3"
    /// F4: tokens of RFC 2848 that later SIP lacks (`UNSUBSCRIBE`, `org.ietf.sip.subscribe`, `R2C`, ...).
    case pintTokens = "F4"
    /// F10: Dutch telephone numbers, one constant and one varying.
    case dutchNumbers = "F10"
    /// F11: caller-ID vocabulary next to a number.
    case callerIdentity = "F11"
  }

  /// A sign with the bytes that show it.
  public struct Seen: Hashable, Sendable {
    /// Which sign.
    public let sign: Sign
    /// Points after the dossier's section 4.1.
    public let points: Int
    /// Who sent the bytes.
    public let side: Side
    /// Where they lie in that side's kept bytes.
    public let offset: Int
    /// How many they are.
    public let length: Int

    /// A sign seen.
    public init(_ sign: Sign, points: Int, side: Side, offset: Int, length: Int) {
      self.sign = sign
      self.points = points
      self.side = side
      self.offset = offset
      self.length = length
    }
  }

  /// A documented ICW protocol seen in both directions: the ground for `icw-family`; nil otherwise.
  public var family: Call.Carrier?
  /// The signs, by offset.
  public var signs: [Seen]
  /// The calls, by time.
  public var calls: [Call]
  /// Why SIP with ICW tokens does not count, when it carries them without being ICW.
  public var disqualified: Disqualification?

  /// Reasons why ICW tokens count for nothing.
  public enum Disqualification: String, Hashable, Sendable {
    /// nmap's SIPOptions probe (dossier 4.6).
    case nmapProbe = "nmap-probe"
    /// A SUBSCRIBE without the body that RFC 3910 section 5.3.4 demands.
    case noBody = "no-body"
    /// Nothing from the other side but errors or silence.
    case notAnswered = "not-answered"
    /// The body is no well-formed SPIRITS document.
    case badDocument = "bad-document"
  }

  /// A finding; by default nothing.
  public init(
    family: Call.Carrier? = nil, signs: [Seen] = [], calls: [Call] = [],
    disqualified: Disqualification? = nil
  ) {
    self.family = family
    self.signs = signs
    self.calls = calls
    self.disqualified = disqualified
  }
}
