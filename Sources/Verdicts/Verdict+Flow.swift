public import CallWaiting
public import Flows
public import Identify

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
      coincidence() ?? spoofed() ?? recognised() ?? callWaiting() ?? excluded() ?? scanned()
      ?? undetermined()
    verdict.recognition = identification.recognition
    verdict.runnersUp = identification.runnersUp.map(\.application)
    for runnerUp in identification.runnersUp {
      verdict.evidence.append(
        Evidence(
          .runnerUp, .note, detail: "\(runnerUp.application): \(runnerUp.precedence.rawValue)"))
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
