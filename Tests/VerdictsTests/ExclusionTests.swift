import CallWaiting
import Flows
import Packets
import Testing

@testable import Identify
@testable import Verdicts

@Suite struct ExclusionTests {
  static func opaque(_ count: Int, every seconds: Double, bytes: Int, _ transport: Transport = .tcp)
    -> Builder
  {
    var builder = Builder(transport)
    builder.say(.client, at: 0, [0xfe])
    for index in 0..<count {
      builder.say(
        .server, at: 0.5 + Double(index) * seconds, [UInt8](repeating: 0xfd, count: bytes))
    }
    return builder
  }

  @Test func `more than a telephone line carries excludes call waiting`() {
    let verdict = Self.opaque(40, every: 0.2, bytes: 5_000).verdict()
    #expect(verdict.verdictClass == .otherApplication)
    #expect(verdict.application == nil)
    #expect(verdict.has(.throughput))
  }

  @Test func `bulk and media exclude it, small talk does not`() {
    #expect(Self.opaque(30, every: 0.01, bytes: 1_400).verdict().has(.mediaOrBulk))
    let media = Self.opaque(50, every: 0.02, bytes: 172, .udp).verdict()
    #expect(media.verdictClass == .otherApplication)
    #expect(media.evidence.first { $0.item == .mediaOrBulk }?.detail == "media")
    let talk = Self.opaque(10, every: 4, bytes: 60).verdict()
    #expect(talk.verdictClass == .undetermined)
    #expect(talk.has(.opaque))
  }

  @Test func `private addresses exclude it only with many short clients`() {
    var builder = Self.opaque(2, every: 4, bytes: 60)
    builder.flow.client = Endpoint(Builder.address("10.0.0.1"), 40_000)
    builder.flow.server = Endpoint(Builder.address("10.0.0.2"), 3_699)
    #expect(builder.verdict().verdictClass == .undetermined)
    builder.context.companions.shortExchangeClients = 20
    #expect(builder.verdict().verdictClass == .otherApplication)
    #expect(builder.verdict().application == nil)
  }

  @Test func `a recognised protocol is named before anything excludes`() {
    let builder = Self.opaque(40, every: 0.2, bytes: 5_000)
    let recogniser = Recogniser(
      name: "x", title: "X", specification: "none", transports: [.tcp], basis: .built
    ) { _ in .yes(Recognition("x", .answered, grounds: [])) }
    let verdict = Verdict(
      of: builder.flow,
      identification: Identification(of: builder.flow.conversation, by: [recogniser]),
      finding: .init(), context: VerdictContext())
    #expect(verdict.application == "x")
    #expect(!verdict.has(.throughput))
  }

  @Test func `every verdict has evidence, and an undetermined one says what is missing`() {
    var builders = [Builder(), Builder(.udp), Self.opaque(3, every: 1, bytes: 9)]
    for state in TCPState.allCases { builders.append(Builder(state: state)) }
    for ground in ClientGround.allCases { builders.append(Builder(ground: ground)) }
    for flags in 0..<UInt16(512) {
      builders.append(
        Builder(ground: .firstCaptured, flags: TCPFlags(rawValue: flags), state: .midstream))
    }
    for port: UInt16 in [0, 1_025, 3_699] {
      builders.append(Builder())
      builders[builders.count - 1].context.port = port
    }
    for builder in builders {
      let verdict = builder.verdict()
      #expect(!verdict.evidence.isEmpty)
      #expect(verdict.verdictClass != .undetermined || !verdict.missing.isEmpty)
      #expect((verdict.verdictClass == .portCoincidence) == (verdict.role == .client))
      #expect((verdict.servicePort != nil) == (verdict.role == .client))
    }
  }

  @Test func `payload that was not captured is said to be missing`() {
    var builder = Builder()
    builder.count(.client, packets: 1, payload: 100)
    builder.count(.server, packets: 1, payload: 100)
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.has(.uncaptured))
    #expect(verdict.missing.contains(.wholeFrames))
  }
}
