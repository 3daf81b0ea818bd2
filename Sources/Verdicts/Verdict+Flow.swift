public import CallWaiting
public import Flows
public import Identify
import Packets

extension Verdict {
  /// What a flow is. The order of questions: the role of the port, a server that contradicts itself, a recognised protocol,
  /// call waiting, exclusions, scan and backscatter, and at last what would settle it.
  public init(
    of flow: Flow, identification: Identification, finding: CallWaitingFinding,
    context: VerdictContext
  ) {
    self = Question(flow, identification, finding, context).answer()
  }
}

extension Verdict {
  /// Nanoseconds after which a request that nothing answered names its application no more.
  public static let answerPatience = Int64(Question.patience * 1e9)

  /// Whether the name rests on one request whose answer may still come, to a flow that is watched until
  /// `Flow.watchedUntil`.
  public func mayStillBeAnswered(_ flow: Flow) -> Bool {
    guard application != nil, let recognition, recognition.isLone, flow.end == nil else {
      return false
    }
    return (flow.watchedUntil ?? flow.last).nanoseconds(since: flow.last) < Self.answerPatience
  }
}

/// One flow with everything known of it, while its verdict is made.
struct Question {
  let flow: Flow
  let identification: Identification
  let finding: CallWaitingFinding
  let context: VerdictContext
  let role: PortRole.Finding
  /// What the capture lacks, whatever the answer.
  let gaps: [Missing]

  init(
    _ flow: Flow, _ identification: Identification, _ finding: CallWaitingFinding,
    _ context: VerdictContext
  ) {
    self.flow = flow
    self.identification = identification
    self.finding = finding
    self.context = context
    role = PortRole.find(flow, identification.recognition, context)
    gaps = Missing.inCapture(of: flow)
  }

  /// The answer with the items that every answer carries.
  func answer() -> Verdict {
    var verdict =
      coincidence() ?? spoofed() ?? probed() ?? recognised() ?? callWaiting() ?? excluded()
      ?? scanned()
      ?? undetermined()
    verdict.recognition = identification.recognition
    verdict.clientSide = role.client
    if verdict.tool == nil, let probe = identification.probe, probe.isTelling {
      verdict.tool = probe.tool
      verdict.evidence.append(Evidence(.tool, .note, detail: "\(probe.tool), \(probe.name)"))
    }
    verdict.runnersUp = identification.runnersUp.map(\.application)
    for runnerUp in identification.runnersUp {
      verdict.evidence.append(
        Evidence(
          .runnerUp, .note, detail: "\(runnerUp.application): \(runnerUp.precedence.rawValue)"))
    }
    if flow.conversation.isZeros {
      if verdict.verdictClass == .undetermined {
        verdict.evidence.insert(Evidence(.zeros, .note), at: 0)
      }
    } else if verdict.application == nil, flow.conversation.isEchoed {
      verdict.evidence.insert(Evidence(.echo, .note), at: 0)
    }
    verdict.evidence.append(role.evidence)
    if flow.icmpErrors > 0 {
      verdict.evidence.append(Evidence(.icmpErrors, .note, detail: "\(flow.icmpErrors)"))
    }
    verdict.missing = Missing.allCases.filter(verdict.missing.contains)
    return verdict
  }

  /// Whether a side's packets carried payload, captured or not.
  func spoke(_ side: Side) -> Bool {
    flow.counters(side).payloadBytes > 0 || !flow.conversation[side].bytes.isEmpty
  }

  /// Whether both sides carried payload.
  var isAnswered: Bool { spoke(.client) && spoke(.server) }

  /// The bytes that a recognition rests on, as evidence.
  func grounds(of recognition: Recognition) -> [Evidence] {
    guard !recognition.grounds.isEmpty else {
      return [Evidence(.recognised, detail: recognition.application)]
    }
    return recognition.grounds.map { ground in
      // A ground is told by the packet that its first byte came in.
      let turn = flow.conversation.turns.first {
        $0.side == ground.side && $0.range.contains(ground.offset)
      }
      return Evidence(
        .recognised, detail: ground.what, packet: turn?.packet, side: ground.side,
        offset: ground.offset, length: ground.length)
    }
  }
}
