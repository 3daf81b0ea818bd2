import Flows
import Identify
import Packets

extension Question {
  /// (6) A scan, a flood or backscatter, only where no payload was answered.
  func scanned() -> Verdict? {
    guard !isAnswered else { return nil }
    // A request that the capture may have lost is no request that nobody sent.
    if !flow.mayLackPackets, let back = Backscatter(of: flow, port: context.port) {
      // Such a packet answers a request to the port, whoever was captured first.
      return Verdict(
        .backscatter, role: role.role == .unknown ? .server : role.role,
        evidence: [Evidence(back.item, packet: back.packet)],
        missing: gaps.filter { $0 != .start })
    }
    guard let mark = ScanMark(of: flow, context.companions) else { return nil }
    return Verdict(
      .scan, role: role.role,
      evidence: [Evidence(mark.item, detail: mark.detail, packet: flow.firstPacket.number)],
      missing: gaps, tool: mark.tool)
  }

  /// (7) Nothing more can be said; with what would settle it.
  func undetermined() -> Verdict {
    var evidence: [Evidence]
    var missing = gaps
    if spoke(.client) || spoke(.server) {
      evidence = unnamed
      missing += unnamedNeeds
    } else {
      evidence = [Evidence(silence, .note, detail: silenceDetail, packet: flow.firstPacket.number)]
      missing.append(.payload)
    }
    let score = ICWScore(of: flow, finding, context)
    let countsSigns = isAnswered && score.items.contains { $0.points ?? 0 > 0 }
    if countsSigns {
      evidence.append(Evidence(.belowBar, .note))
      evidence += score.items
    }
    return Verdict(
      .undetermined, role: role.role, evidence: evidence, missing: missing,
      points: countsSigns ? score.points : nil)
  }

  /// Why a flow without payload says nothing.
  private var silence: EvidenceItem {
    switch flow.state {
    case .refused: .refused
    case .halfOpenReset: .givenUp
    case .synReceived where flow.clientCounters.packets == 0: .stray
    case .midstream: .stray
    // All others say that something is not there.
    case _ where flow.mayLackPackets: .captureLosses
    case .synSent: .unanswered
    case .synReceived: .givenUp
    // What was said before the capture began nobody knows.
    case .established, .closing, .closed, .reset: flow.startSeen ? .silent : .stray
    case nil: flow.serverCounters.packets == 0 ? .unanswered : .silent
    }
  }

  private var silenceDetail: String? {
    switch silence {
    case .unanswered:
      "\(flow.transport == .tcp ? flow.clientCounters.syns : flow.clientCounters.packets)"
    default: nil
    }
  }

  /// Payload that fits nothing.
  private var unnamed: [Evidence] {
    var evidence: [Evidence] = []
    let said = flow.conversation
    if said.client.bytes.isEmpty, said.server.bytes.isEmpty {
      evidence.append(Evidence(.uncaptured, .note))
    } else {
      evidence += Side.allCases.filter { !said[$0].bytes.isEmpty }.map { side in
        Evidence(
          .opaque, .note, packet: said.turns.first { $0.side == side && !$0.range.isEmpty }?.packet,
          side: side, offset: 0, length: said[side].bytes.count)
      }
    }
    if !isAnswered {
      evidence.append(Evidence(flow.mayLackPackets ? .captureLosses : .noAnswer, .note))
    }
    if !identification.undecided.isEmpty, !said.isZeros {
      let all = identification.undecided
      let more = all.count > 8 ? " and \(all.count - 8) more" : ""
      let names = all.prefix(8).joined(separator: ", ") + more
      evidence.append(Evidence(.undecided, .note, detail: names))
    }
    return evidence
  }

  /// What would name it.
  private var unnamedNeeds: [Missing] {
    var missing: [Missing] = silentDirection
    let said = flow.conversation
    // Live nobody has taken anything out.
    if said.isZeros, !context.isLive {
      return missing + [.sentPayload] + (isAnswered && hasEra ? unseenTraffic : [])
    }
    let isBare = said.client.bytes.isEmpty && said.server.bytes.isEmpty
    if isBare { missing.append(.wholeFrames) }
    if !identification.undecided.isEmpty || !isAnswered { missing.append(.moreMessages) }
    // A repetition has no plain text of its own.
    if !isBare, !said.isEchoed, !said.client.bytes.isMostlyText, !said.server.bytes.isMostlyText {
      missing.append(.plaintext)
    }
    if isAnswered, hasEra { missing += unseenTraffic }
    if missing.isEmpty { missing.append(.moreMessages) }
    return missing
  }

  /// Whether call waiting could still be shown: a late capture can't gain by other traffic.
  private var hasEra: Bool {
    flow.startSeen && (!context.isCaptureTimeTrusted || CapturePeriod(of: flow.first) != .after)
  }
}
