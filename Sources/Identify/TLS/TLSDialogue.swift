import Flows

/// The hello of a TLS client and what the other side makes of it.
struct TLSDialogue {
  /// The opinion of the recogniser.
  let opinion: Opinion

  /// What two sides say, if `caller` is TLS's client or, `called` alone, its server; nil when they
  /// say neither.
  init?(caller: TLSSpeech, called: TLSSpeech, side: Side, of conversation: Conversation) {
    var facts: [Fact] = []
    var offered: TLSVersion?
    var isElaborate = false
    switch caller.kind {
    case .client(let hello):
      facts = hello.facts(over: .tls)
      offered = hello.newest
      isElaborate = true
    case .oldClient(let hello): offered = hello.version
    case .silent, .undecided, .wrong:
      // A server's hello alone: its client's was not seen.
      guard !conversation[side].beginsAtStart || conversation[side].bytes.isEmpty,
        case .server(let hello, let certificate) = called.kind
      else { return nil }
      facts = hello.facts + (certificate?.facts ?? [])
      opinion = .yes(
        Recognition(
          "tls", .oneSided, grounds: [Ground(side.opposite, 0, called.length, "ServerHello")],
          facts: facts, clientIs: side))
      return
    default: return nil
    }
    var grounds = [Ground(side, 0, caller.length, "ClientHello")]
    var strength = Recognition.Strength.oneSided
    switch called.kind {
    case .server(let hello, let certificate):
      facts += hello.facts + (certificate?.facts ?? [])
      if let alert = caller.laterAlert ?? called.laterAlert {
        facts.append(Fact(.error, alert.name))
      }
      offered = nil
      strength = .answered
      grounds.append(Ground(side.opposite, 0, called.length, "ServerHello"))
    case .oldServer:
      strength = .answered
      grounds.append(Ground(side.opposite, 0, called.length, "SSL 2.0 SERVER-HELLO"))
    case .alert(let alert):
      facts.append(Fact(.error, alert.name))
      strength = .answered
      grounds.append(Ground(side.opposite, 0, called.length, "alert"))
    case .silent, .undecided: break
    default:
      guard !conversation[side.opposite].beginsAtStart else {
        opinion = .no
        return
      }
    }
    if let name = offered?.name { facts.append(Fact(.version, name)) }
    opinion = .yes(
      Recognition(
        "tls", strength, grounds: grounds, facts: facts, clientIs: side, isElaborate: isElaborate))
  }
}
