import CallWaiting
import Flows
import Identify
import Packets
import Verdicts

/// A flow to its verdict: recognition, call waiting, and what other flows of the capture tell.
struct FlowJudge: Sendable {
  /// A flow's verdict with the calls in it.
  struct Judged: Sendable {
    /// The flow, the client's side being who its protocol shows to be the client.
    var flow: Flow
    var verdict: Verdict
    let calls: [Call]
    /// Whether the flow's sides are not those of the flow that was judged.
    var isExchanged = false
  }

  /// What a conversation shows by itself, whatever else the capture holds: the costly part, which any thread can do.
  struct Look: Sendable {
    let identification: Identification
    let finding: CallWaitingFinding

    /// What is to be seen in a conversation, also by the rules of the operator.
    init(_ conversation: Conversation, rules: [UserRule]) {
      identification = Identification(of: conversation).applying(rules, to: conversation)
      finding = CallWaitingFinding(of: conversation)
    }
  }

  private let context: VerdictContext
  private var ledger = CompanionLedger()
  private var translations = TranslationLedger()

  /// The operator's own rules, and those of known users.
  var rules: [UserRule] { context.rules }

  /// A judge with what the operator told.
  init(_ context: VerdictContext) { self.context = context }

  /// Notes a flow when it begins, for what later flows can tell of a scan or a flood.
  mutating func noteBegin(_ flow: Flow) {
    ledger.noteBegin(flow, isHere: isHere(flow))
  }

  private func isHere(_ flow: Flow) -> Bool {
    context.ownAddresses.contains(flow.server.address)
  }

  /// The other ends of the connection that a flow shows once more, its addresses translated; nil for any other flow.
  mutating func translated(_ flow: Flow) -> TranslatedFlow? { translations.other(of: flow) }

  /// Notes what a flow's server greeted with, before flows are judged that may show it to be a spoofer's.
  mutating func noteGreeting(_ flow: Flow, _ look: Look) {
    ledger.noteGreeting(flow, look.identification.recognition, isHere: isHere(flow))
  }

  /// Whether a later connection could show the flow's server to be a spoofer's.
  func mayBeContradicted(_ flow: Flow, _ look: Look) -> Bool {
    ledger.mayBeContradicted(flow, look.identification.recognition)
  }

  /// The verdict on a flow as it stands; `listening` is the side that this host listens on.
  mutating func judge(_ flow: Flow, listening: Side? = nil) -> Judged {
    judge(flow, look: newLook(flow), hosts: nil, listening: listening)
  }

  /// The verdict on a flow that is over, for the record.
  mutating func judgeEnded(_ flow: Flow, listening: Side? = nil) -> Judged {
    judgeEnded(flow, look: newLook(flow), listening: listening)
  }

  /// The verdict on a flow that is over and whose greeting was noted, with what a second reading of the file showed of
  /// its hosts.
  mutating func judgeEnded(
    _ flow: Flow, look: Look, hosts: HostView? = nil, listening: Side? = nil
  ) -> Judged {
    let judged = judge(flow, look: look, hosts: hosts, listening: listening)
    ledger.noteEnd(flow, application: judged.verdict.application)
    return judged
  }

  private func judge(_ flow: Flow, look: Look, hosts: HostView?, listening: Side?) -> Judged {
    var context = context
    context.companions = ledger.companions(of: flow)
    context.companions.listeningSide = listening
    hosts?.add(to: &context.companions, of: flow)
    let verdict = Verdict(
      of: flow, identification: look.identification, finding: look.finding, context: context)
    var judged = Judged(flow: flow, verdict: verdict, calls: look.finding.calls)
    let isOpen = !flow.knowsClient || flow.ground == .firstDatagram
    let isListened = !flow.knowsClient && verdict.evidence.contains { $0.item == .listener }
    if isListened { judged.flow.ground = .listener }
    if isOpen, verdict.recognition?.clientIs == .server || verdict.clientSide == .server {
      judged.flow.exchangeSides(
        on: isListened
          ? .listener : verdict.recognition?.clientIs == .server ? .protocolDirection : .portNumbers
      )
      judged.verdict.exchangeSides()
      judged.isExchanged = true
    }
    return judged
  }

  /// A look at a flow of a capture that goes on, its greeting noted.
  private mutating func newLook(_ flow: Flow) -> Look {
    let look = Look(flow.conversation, rules: context.rules)
    noteGreeting(flow, look)
    return look
  }

  /// The verdict on ICMP errors without their flow.
  func judge(_ orphan: OrphanError, isOwnSending: Bool) -> Verdict {
    Verdict(of: orphan, context: context, isOwnSending: isOwnSending)
  }
}
