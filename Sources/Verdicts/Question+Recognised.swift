import CallWaiting
import Flows
import Identify
import Packets

extension Question {
  /// (1) The port is only the client's.
  func coincidence() -> Verdict? {
    guard role.role == .client, let client = role.client else { return nil }
    let recognition = identification.recognition
    var evidence = [Evidence(.clientPort, .for, packet: flow.firstPacket.number)]
    evidence += recognition.map(grounds) ?? []
    var verdict = Verdict(
      .portCoincidence, application: named, role: .client,
      servicePort: flow.endpoint(client.opposite).port, evidence: evidence, missing: gaps)
    verdict.tool = recognition?.tool
    if recognition == nil, !spoke(.client), !spoke(.server) { verdict.missing.append(.payload) }
    return verdict
  }

  /// The recognised application, unless only a tool's probe was heard and what answered it is not known.
  private var named: String? {
    guard let recognition = identification.recognition else { return nil }
    let isProbe = recognition.tool != nil && recognition.strength == .oneSided
    return isProbe || isLone(recognition) ? nil : recognition.application
  }

  /// (3) A recognised protocol; SIP is first asked whether it is call waiting.
  func recognised() -> Verdict? {
    guard let recognition = identification.recognition else { return nil }
    if recognition.application == "sip", finding.family != nil { return nil }
    if let tool = recognition.tool {
      // TCP data without a packet of the other side: its direction was not captured, so nothing is known of an answer.
      // Nor is it where the capture may have lost the answer.
      let isOneWay =
        flow.transport == .tcp && flow.serverCounters.packets == 0 || flow.mayLackPackets
      if !isAnswered, !isOneWay { return unansweredProbe(recognition, tool) }
      if isAnswered, recognition.strength == .oneSided { return probeOfUnknown(recognition, tool) }
    }
    if isLone(recognition) { return loneRequest(recognition) }
    var verdict = Verdict(
      .otherApplication, application: recognition.application, role: role.role,
      evidence: grounds(of: recognition), missing: gaps, tool: recognition.tool)
    if let tool = recognition.tool { verdict.evidence.append(Evidence(.tool, .note, detail: tool)) }
    if recognition.strength == .oneSided {
      verdict.evidence.append(Evidence(.oneSided, .note))
      verdict.missing += silentDirection
    }
    if let reason = finding.disqualified {
      verdict.evidence.append(Evidence(reason.item, .note))
    }
    if isOldTLS(recognition) { verdict.missing.append(.insideTLS) }
    return verdict
  }

  /// A known scanner's bare probe that nothing answered, whatever protocol it asks for.
  func probed() -> Verdict? {
    guard let probe = identification.probe, !isAnswered,
      flow.transport == .udp || flow.serverCounters.packets > 0
    else { return nil }
    var evidence = [
      Evidence(
        .unansweredProbe, detail: "\(probe.tool), \(probe.name)", packet: flow.firstPacket.number)
    ]
    evidence += identification.recognition.map(grounds) ?? []
    return Verdict(
      .scan, role: role.role, evidence: evidence, missing: gaps + silentDirection,
      tool: probe.isTelling ? probe.tool : nil)
  }

  /// A known scanner's request that nothing answered.
  private func unansweredProbe(_ recognition: Recognition, _ tool: String) -> Verdict {
    var evidence = [Evidence(.unansweredProbe, detail: tool, packet: flow.firstPacket.number)]
    evidence += grounds(of: recognition)
    return Verdict(
      .scan, role: role.role, evidence: evidence, missing: gaps + silentDirection, tool: tool)
  }

  /// A known scanner's request that something answered in a language that nobody here knows.
  private func probeOfUnknown(_ recognition: Recognition, _ tool: String) -> Verdict {
    var evidence = [Evidence(.tool, .note, detail: tool), Evidence(.answerUnrecognised, .note)]
    evidence += grounds(of: recognition)
    return Verdict(
      .undetermined, role: role.role, evidence: evidence, missing: gaps + [.moreMessages],
      tool: tool)
  }

  /// The direction that said nothing, when none of its packets was captured; else that nothing was said is known.
  var silentDirection: [Missing] {
    var missing: [Missing] = []
    if !spoke(.client), flow.clientCounters.packets == 0 { missing.append(.clientDirection) }
    if !spoke(.server), flow.serverCounters.packets == 0, flow.ground != .group {
      missing.append(.serverDirection)
    }
    return missing
  }

  /// TLS or DTLS older than 1.2 without names, from the years of the service: NEC's ICW ran inside SSL
  /// (RFC 2995 section 5).
  private func isOldTLS(_ recognition: Recognition) -> Bool {
    guard recognition.application == "tls" || recognition.application == "dtls" else {
      return false
    }
    var version = ""
    for fact in recognition.facts {
      switch fact.field {
      case .version: version = fact.value.lowercased()
      case .serverName, .alpn, .alpnChosen: return false
      default: break
      }
    }
    let period = CapturePeriod(of: flow.first)
    guard period.couldBeGenuine || !context.isCaptureTimeTrusted || period == .before else {
      return false
    }
    // "SSL 2.0", "SSL 3.0", "TLS 1.0", "1.1", "DTLS 1.0": everything but 1.2 and 1.3.
    return !version.contains("1.2") && !version.contains("1.3")
  }
}
