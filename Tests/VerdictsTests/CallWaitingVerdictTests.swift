import CallWaiting
import Flows
import Identify
import Packets
import Testing

@testable import Verdicts

@Suite struct CallWaitingVerdictTests {
  /// Keepalives of an unknown text protocol, and alerts with two Dutch numbers that a person answers.
  static func unknownService(
    _ alerts: Int = 2, link: LinkType = .ppp, at time: Timestamp = Builder.era
  ) -> Builder {
    var options = TCPOptions()
    options.count = 1
    options.maximumSegmentSize = 536
    var builder = Builder(at: time, window: 8_192, options: options, link: link)
    var lines: [(Double, Side, String)] = []
    for beat in 0..<20 {
      lines.append((Double(beat) * 30 + 1, .client, "HELLO 4711\n"))
      lines.append((Double(beat) * 30 + 1.3, .server, "OKAY\n"))
    }
    for alert in 0..<alerts {
      let second = 95 + Double(alert) * 150
      lines.append((second, .server, "CALL 0201234567;030111222\(alert);Jan de Vries\n"))
      lines.append((second + 6 + Double(alert) * 3, .client, "REJECT CALL NUMBER \(alert)\n"))
    }
    for (second, side, text) in lines.sorted(by: { $0.0 < $1.0 }) {
      builder.say(side, at: second, text)
    }
    return builder
  }

  static var servers: [Prefix] { [Prefix("198.51.100.0/24")].compactMap { $0 } }

  @Test func `independent signs make it consistent with call waiting`() throws {
    let verdict = Self.unknownService().verdict()
    #expect(verdict.verdictClass == .consistentWithICW)
    #expect(verdict.application == nil)
    #expect(try #require(verdict.points) >= ICWScore.bar)
    for item: EvidenceItem in [.alertAndAnswer, .keepalive, .dutchNumbers, .dialUpLink, .era] {
      #expect(verdict.has(item), "\(item)")
    }
    #expect(verdict.missing.contains(.operatorProof))
    #expect(verdict.missing.contains(.otherTraffic))
  }

  @Test func `without the alert it stays below the bar`() {
    let verdict = Self.unknownService(0).verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(!verdict.missing.isEmpty)
  }

  @Test func `outside the life of the service it is undetermined`() {
    #expect(Self.unknownService(at: Builder.today).verdict().verdictClass == .undetermined)
    #expect(
      Self.unknownService(at: Timestamp(seconds: 0, nanoseconds: 0)).verdict().verdictClass
        == .undetermined)
    var builder = Self.unknownService()
    builder.context.isCaptureTimeTrusted = false
    #expect(builder.verdict().verdictClass == .undetermined)
  }

  @Test func `a missed start forbids it`() {
    var builder = Self.unknownService()
    builder.flow.ground = .firstCaptured
    #expect(builder.verdict().verdictClass == .undetermined)
    var lost = Self.unknownService()
    lost.flow.conversation.client.beginsAtStart = false
    #expect(lost.verdict().verdictClass == .undetermined)
  }

  @Test func `private addresses, IPv6 and modern TCP speak against it`() {
    var inside = Self.unknownService()
    inside.flow.client = Endpoint(Builder.address("192.168.1.5"), 1_025)
    inside.flow.server = Endpoint(Builder.address("192.168.1.9"), 3_699)
    #expect(inside.verdict().verdictClass == .undetermined)
    #expect(inside.verdict().has(.privateAddresses))
    var six = Self.unknownService()
    six.flow.client = Endpoint(Builder.address("2001:db8::5"), 1_025)
    six.flow.server = Endpoint(Builder.address("2001:db8::9"), 3_699)
    #expect(six.verdict().verdictClass == .undetermined)
    #expect(six.verdict().has(.ipv6))
  }

  @Test func `it is genuine only with the operator's word, two answers and the host's own sign`() {
    var builder = Self.unknownService()
    builder.context.icwServers = Self.servers
    #expect(builder.verdict().verdictClass == .consistentWithICW)
    builder.context.companions.startedWithHost = true
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .genuineKPNICW)
    #expect(verdict.has(.icwServer))
    builder.context.isLive = true
    #expect(builder.verdict().verdictClass != .genuineKPNICW)
    builder.context.isLive = false
    builder.context.icwServers = [Prefix("192.0.2.0/24")].compactMap { $0 }
    #expect(builder.verdict().verdictClass == .consistentWithICW)
    var once = Self.unknownService(1)
    once.context = builder.context
    once.context.icwServers = Self.servers
    #expect(once.verdict().verdictClass != .genuineKPNICW)
    var late = Self.unknownService(at: Builder.today)
    late.context.icwServers = Self.servers
    late.context.companions.startedWithHost = true
    #expect(late.verdict().verdictClass == .undetermined)
  }

  /// A finding of the dissector with one call.
  static var dissected: CallWaitingFinding {
    var call = Call(carrier: .spirits, alerted: Builder.era, packet: 5)
    call.choice = .reject
    return CallWaitingFinding(family: .spirits, calls: [call])
  }

  static func sip(at time: Timestamp = Builder.era) -> Builder {
    var builder = Builder(.udp, at: time)
    let head =
      "Via: SIP/2.0/UDP h\r\nFrom: <sip:a@h>\r\nTo: <sip:b@h>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n"
    builder.say(.client, at: 0, "INVITE sip:b@h SIP/2.0\r\n" + head)
    builder.say(.server, at: 8, "SIP/2.0 603 Decline\r\n" + head)
    return builder
  }

  @Test func `SIP is named SIP, and a documented exchange inside it the family`() {
    var builder = Self.sip()
    #expect(builder.verdict().verdictClass == .otherApplication)
    #expect(builder.verdict().application == "sip")
    builder.finding = Self.dissected
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .icwFamily)
    #expect(verdict.application == "spirits")
    #expect(verdict.has(.icwCall))
    #expect(verdict.missing.contains(.operatorProof))
    #expect(verdict.recognition?.application == "sip")
  }

  @Test func `the family is genuine with the operator's word in the years of the service`() {
    var builder = Self.sip()
    builder.finding = Self.dissected
    builder.context.icwServers = Self.servers
    #expect(builder.verdict().verdictClass == .genuineKPNICW)
    var late = Self.sip(at: Builder.today)
    late.finding = Self.dissected
    late.context.icwServers = Self.servers
    #expect(late.verdict().verdictClass == .icwFamily)
    builder.finding.calls = []
    #expect(builder.verdict().verdictClass == .icwFamily)
  }

  @Test func `no bytes make anything genuine without the operator's word`() {
    for time in [Builder.era, Builder.today] {
      for live in [false, true] {
        for finding in [CallWaitingFinding(), Self.dissected] {
          for var builder in [
            Self.sip(at: time), Self.unknownService(at: time), Self.unknownService(3, at: time),
          ] {
            builder.finding = finding
            builder.context.isLive = live
            builder.context.kpnPrefixes = Self.servers
            builder.context.companions.startedWithHost = true
            builder.context.companions.hostFellSilent = true
            builder.context.companions.hasTLSThenDatagrams = true
            #expect(builder.verdict().verdictClass != .genuineKPNICW)
          }
        }
      }
    }
  }

  @Test func `a host that falls silent counts only after an alert`() {
    var builder = Self.unknownService(0)
    builder.context.companions.hostFellSilent = true
    #expect(!builder.verdict().has(.hostSilence))
    var alerted = Self.unknownService()
    alerted.context.companions.hostFellSilent = true
    #expect(alerted.verdict().has(.hostSilence))
  }

  @Test func `addresses count only when they are given`() {
    #expect(!Self.unknownService().verdict().has(.operatorAddress))
    var builder = Self.unknownService()
    builder.context.kpnPrefixes = Self.servers
    #expect(builder.verdict().evidence.first { $0.item == .operatorAddress }?.points == 1)
    builder.context.kpnPrefixes = [Prefix("203.0.113.0/24")].compactMap { $0 }
    #expect(builder.verdict().evidence.first { $0.item == .operatorAddress }?.points == 0)
  }
}
