public import Flows
import Identify

extension CallWaitingFinding {
  /// Looks for every documented protocol of Internet Call Waiting in what two sides said.
  ///
  /// Roles in the protocol come from its messages, not from who opened the connection: the network may alert the
  /// subscriber on the subscriber's own connection or on one that it opens towards the PC (RFC 2995 section 4.3).
  public init(of conversation: Conversation) {
    let transcript = SIPTranscript(of: conversation)
    self.init()
    if transcript.entries.contains(where: { $0.message.isNmapProbe }) {
      disqualified = .nmapProbe
      return
    }
    // A message that was cut is not dissected: what is missing may be what matters.
    let dialogs = Dialogs(transcript)
    if !dialogs.entries.isEmpty {
      let spirits = SPIRITSDissector(dialogs)
      let pint = PINTDissector(dialogs)
      signs = spirits.signs + pint.signs
      if !spirits.family.isEmpty {
        family = .spirits
      } else if pint.isFamily {
        family = .sipPINT
      }
      calls = spirits.calls + (pint.isFamily ? pint.calls : [])
      calls.sort { ($0.alerted, $0.packet) < ($1.alerted, $1.packet) }
      if family == nil { disqualified = spirits.disqualified ?? pint.disqualified }
    }
    signs += TextSigns(of: conversation).signs
    if disqualified != nil { signs = signs.map(\.worthless) }
    signs.sort { ($0.offset, $0.sign.rawValue) < ($1.offset, $1.sign.rawValue) }
  }
}

extension CallWaitingFinding.Seen {
  /// The same sign without points: it belongs to something that is no call waiting.
  fileprivate var worthless: Self {
    Self(sign, points: 0, side: side, offset: offset, length: length)
  }
}
