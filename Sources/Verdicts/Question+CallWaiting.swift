import CallWaiting
import Flows
import Identify
import Packets

extension Question {
  /// (4) Call waiting: genuine, of a documented family, or consistent with it.
  func callWaiting() -> Verdict? {
    let score = ICWScore(of: flow, finding, context)
    if let family = finding.family { return documented(family, score) }
    // A server that repeats what it is sent has no part in a call. Zeros for payload repeat each other whatever was said.
    guard identification.recognition == nil, flow.startSeen, gaps.allSatisfy({ $0 != .start }),
      !flow.conversation.isEchoed || flow.conversation.isZeros
    else {
      return nil
    }
    if let proof = proof(score), score.isExchange {
      return Verdict(
        .genuineKPNICW, role: role.role, evidence: proof + score.items, missing: gaps,
        points: score.points)
    }
    guard isAnswered, score.reachesBar, hasPlausibleTime else { return nil }
    return Verdict(
      .consistentWithICW, role: role.role, evidence: score.items + [time],
      missing: gaps + unproven + unseenTraffic, points: score.points)
  }

  /// A documented protocol in both directions; genuine only with proof from outside the packets.
  private func documented(_ family: Call.Carrier, _ score: ICWScore) -> Verdict {
    var evidence = [Evidence(.icwExchange, detail: family.rawValue)]
    evidence += finding.calls.map {
      Evidence(.icwCall, detail: $0.choice.rawValue, packet: $0.packet)
    }
    if let proof = proof(score), !finding.calls.isEmpty || score.isExchange {
      return Verdict(
        .genuineKPNICW, application: family.rawValue, role: role.role,
        evidence: proof + evidence + score.items, missing: gaps, points: score.points)
    }
    return Verdict(
      .icwFamily, application: family.rawValue, role: role.role,
      evidence: evidence + score.items, missing: gaps + unproven, points: score.points)
  }

  /// The operator's word for an address, and a capture time at which the service can have run; nil when either is
  /// missing or anything speaks against ICW.
  private func proof(_ score: ICWScore) -> [Evidence]? {
    guard !context.isLive, hasPlausibleTime, !score.hasObjection else { return nil }
    let ends = [flow.server.address, flow.client.address]
    guard let block = context.icwServers.first(where: { ends.contains(where: $0.contains) }) else {
      return nil
    }
    return [Evidence(.icwServer, detail: "\(block)"), time]
  }

  /// Whether the capture's time is believed and lies in the life of the service.
  private var hasPlausibleTime: Bool {
    context.isCaptureTimeTrusted && CapturePeriod(of: flow.first).couldBeGenuine
  }

  private var time: Evidence { Evidence(.captureTime, packet: flow.firstPacket.number) }

  /// What would make the family's verdict KPN's.
  private var unproven: [Missing] {
    var missing: [Missing] = []
    if context.icwServers.isEmpty { missing.append(.operatorProof) }
    let period = CapturePeriod(of: flow.first)
    if !context.isCaptureTimeTrusted || period == .before { missing.append(.captureTime) }
    return missing
  }

  /// F6 and F8 need packets beside the port.
  var unseenTraffic: [Missing] {
    let companions = context.companions
    return companions.hostFellSilent == nil || companions.startedWithHost == nil
      ? [.otherTraffic] : []
  }

  /// (5) Not call waiting by its bytes, though nobody here knows what it is.
  func excluded() -> Verdict? {
    guard isAnswered || flow.conversation.turns.count > 1 else { return nil }
    let score = ICWScore(of: flow, finding, context)
    let excluding: [EvidenceItem] = [.throughput, .mediaOrBulk]
    let crowd: [EvidenceItem] = [.privateAddresses, .manyShortClients]
    let isExcluded = excluding.contains(where: score.has) || crowd.allSatisfy(score.has)
    guard isExcluded else { return nil }
    let items = score.items.filter { (excluding + crowd).contains($0.item) }
    return Verdict(
      .otherApplication, role: role.role,
      evidence: items.map {
        Evidence($0.item, .for, points: $0.points, detail: $0.detail, packet: $0.packet)
      }, missing: gaps, points: score.points)
  }
}
