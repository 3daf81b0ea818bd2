import CallWaiting
import Flows
import Packets

extension ICWScore {
  /// Counts everything for and against; the client side is the subscriber's unless the finding says otherwise.
  init(of flow: Flow, _ finding: CallWaitingFinding, _ context: VerdictContext) {
    self.init()
    let rhythm = Rhythm(of: flow)
    addContent(finding)
    addRhythm(rhythm, finding, context.companions)
    addLink(flow)
    addAddress(flow, context)
    addObjections(flow, context)
  }

  private mutating func addContent(_ finding: CallWaitingFinding) {
    // A sign counts once, by its best example.
    for sign in CallWaitingFinding.Sign.allCases {
      let seen = finding.signs.filter { $0.sign == sign }
      guard let best = seen.max(by: { $0.points < $1.points }), best.points > 0 else { continue }
      items.append(
        Evidence(
          sign.item, points: best.points, side: best.side, offset: best.offset, length: best.length)
      )
    }
  }

  private mutating func addRhythm(
    _ rhythm: Rhythm, _ finding: CallWaitingFinding, _ companions: FlowCompanions
  ) {
    answers = rhythm.answers.count
    if let first = rhythm.answers.first {
      items.append(
        Evidence(.alertAndAnswer, points: 2, detail: "\(answers)", packet: first.alert))
    }
    // Everybody hangs up once: without an alert before it the silence says nothing.
    if companions.hostFellSilent == true, answers > 0 || !finding.calls.isEmpty {
      items.append(Evidence(.hostSilence, points: 3))
    }
    if rhythm.isLongAndQuiet, let keepalive = rhythm.keepalive {
      let seconds = Int(keepalive.interval)
      items.append(
        Evidence(.keepalive, points: 1, detail: "\(seconds)", packet: keepalive.packet))
    }
    if companions.startedWithHost == true { items.append(Evidence(.hostStart, points: 2)) }
    if companions.hasTLSThenDatagrams == true {
      items.append(Evidence(.tlsThenDatagrams, points: 1))
    }
  }

  /// PPP that is not PPP over Ethernet, or the segment size 536 of Windows 98 on a modem.
  private mutating func addLink(_ flow: Flow) {
    let overEthernet = flow.path.contains {
      if case .pppoe = $0 { true } else { false }
    }
    let number = flow.firstPacket.number
    if flow.link == .ppp, !overEthernet {
      items.append(Evidence(.dialUpLink, points: 1, detail: "ppp", packet: number))
    } else if flow.link != .ppp, let segment = flow.clientSYN?.options.maximumSegmentSize,
      segment == 536
    {
      items.append(Evidence(.dialUpLink, points: 1, detail: "mss 536", packet: number))
    }
  }

  /// The blocks given by the operator, and the years of dial-up.
  private mutating func addAddress(_ flow: Flow, _ context: VerdictContext) {
    let blocks = context.kpnPrefixes + context.icwServers
    if let block = blocks.first(where: { $0.contains(flow.server.address) }) {
      items.append(Evidence(.operatorAddress, points: 1, detail: "\(block)"))
    } else if let block = blocks.first(where: { $0.contains(flow.client.address) }) {
      // A client there is half a point: millions of ordinary customers were. Points are whole.
      items.append(Evidence(.operatorAddress, .note, points: 0, detail: "\(block)"))
    }
    if context.isCaptureTimeTrusted, CapturePeriod(of: flow.first) == .era {
      items.append(Evidence(.era, points: 1))
    }
  }
}

extension CallWaitingFinding.Sign {
  /// The sign as evidence.
  var item: EvidenceItem {
    switch self {
    case .spiritsEvent: .spiritsEvent
    case .spiritsHeader: .spiritsHeader
    case .pintCallWaiting: .pintCallWaiting
    case .pintTokens: .pintTokens
    case .dutchNumbers: .dutchNumbers
    case .callerIdentity: .callerIdentity
    }
  }
}

extension Flow {
  /// The client's SYN, when it is the flow's first packet.
  var clientSYN: TCPHeader? {
    guard firstPacket.side == .client, let tcp = firstPacket.tcp, tcp.flags.contains(.syn),
      !tcp.flags.contains(.ack)
    else { return nil }
    return tcp
  }
}

extension CallWaitingFinding.Disqualification {
  /// The reason as evidence.
  var item: EvidenceItem {
    switch self {
    case .nmapProbe: .nmapProbe
    case .noBody: .noBody
    case .notAnswered: .notAnswered
    case .badDocument: .badDocument
    }
  }
}
