import Flows
import Packets
import Testing

@testable import Verdicts

@Suite struct ScanTests {
  @Test(arguments: [TCPOptions(), Builder.onlySize])
  func `ZMap is known by its identification and window`(options: TCPOptions) {
    let verdict = Builder(
      window: 65_535, options: options, identification: 54_321, state: .synSent
    ).verdict()
    #expect(verdict.verdictClass == .scan)
    #expect(verdict.tool == "zmap")
    #expect(verdict.has(.zmap))
  }

  @Test func `ZMap's identification alone proves nothing`() {
    let verdict = Builder(identification: 54_321, state: .synSent).verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.has(.unanswered))
  }

  @Test(arguments: [true, false])
  func `masscan's identification is computed from target and sequence`(isOld: Bool) {
    let sequence: UInt32 = 0xdead_beef
    let expected = (UInt32(truncatingIfNeeded: Builder.host.bits) ^ 3_699 ^ sequence) & 0xffff
    let good = Builder(
      window: isOld ? 1_024 : 1_025, options: isOld ? TCPOptions() : Builder.onlySize,
      identification: expected, sequence: sequence, state: .synSent)
    #expect(good.verdict().tool == "masscan")
    #expect(good.verdict().verdictClass == .scan)
    let other = Builder(
      window: isOld ? 1_024 : 1_025, options: isOld ? TCPOptions() : Builder.onlySize,
      identification: expected ^ 1, sequence: sequence, state: .synSent)
    #expect(other.verdict().verdictClass == .undetermined)
  }

  @Test func `nmap's raw SYN has window 1024 and the size alone`() {
    let nmap = Builder(window: 1_024, options: Builder.onlySize, state: .refused).verdict()
    #expect(nmap.tool == "nmap")
    #expect(nmap.verdictClass == .scan)
    #expect(Builder(window: 1_024, state: .refused).verdict().verdictClass == .undetermined)
  }

  @Test(
    arguments: [
      ([], "none"), (.fin, "FIN"), ([.fin, .psh, .urg], "FIN+PSH+URG"), ([.syn, .fin], "FIN+SYN"),
      ([.syn, .rst], "SYN+RST"), ([.rst, .fin, .ack], "FIN+RST+ACK"), (.urg, "URG"), (.psh, "PSH"),
    ] as [(TCPFlags, String)])
  func `flags that no stack sets are a scan`(flags: TCPFlags, names: String) {
    let verdict = Builder(ground: .firstCaptured, flags: flags, state: .midstream).verdict()
    #expect(verdict.verdictClass == .scan)
    #expect(verdict.evidence.first { $0.item == .oddFlags }?.detail == names)
  }

  @Test(
    arguments: [
      .syn, [.syn, .ack], .ack, [.ack, .psh], [.fin, .ack], [.fin, .psh, .ack], .rst, [.rst, .ack],
      [.syn, .ece, .cwr], [.ack, .urg, .psh],
    ] as [TCPFlags])
  func `flags that stacks set are no mark`(flags: TCPFlags) {
    #expect(ScanMark.odd(flags) == nil)
  }

  @Test(arguments: [TCPFlags.ack, [.fin, .ack], .rst, [.rst, .ack]])
  func `a stray end of something older is undetermined`(flags: TCPFlags) {
    let verdict = Builder(ground: .firstCaptured, flags: flags, sequence: 77, state: .midstream)
      .verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.has(.stray))
    #expect(verdict.missing.contains(.start))
  }

  @Test func `a half-open reset is a scan only with a bare SYN`() {
    let bare = Builder(window: 5_000, options: Builder.onlySize, state: .halfOpenReset).verdict()
    #expect(bare.verdictClass == .scan)
    #expect(bare.has(.halfOpenReset))
    let ordinary = Builder(state: .halfOpenReset).verdict()
    #expect(ordinary.verdictClass == .undetermined)
    #expect(ordinary.has(.givenUp))
  }

  @Test func `the same bare packet to three hosts is a scan, from many sources a flood`() {
    var builder = Builder(state: .synSent)
    builder.context.companions.bareFirstPacketTargets = 2
    #expect(builder.verdict().verdictClass == .undetermined)
    builder.context.companions.bareFirstPacketTargets = 3
    #expect(builder.verdict().has(.manyTargets))
    #expect(builder.verdict().verdictClass == .scan)
    builder.context.companions.bareFirstPacketTargets = 0
    builder.context.companions.bareFirstPacketSources = 1_000
    #expect(builder.verdict().has(.flood))
    #expect(builder.verdict().verdictClass == .scan)
  }

  @Test func `a scanner's mark is nothing once payload was answered`() {
    var builder = Builder(window: 1_024, options: Builder.onlySize)
    builder.speakSSH()
    #expect(builder.verdict().verdictClass == .otherApplication)
    var opaque = Builder(window: 1_024, options: Builder.onlySize)
    opaque.say(.client, at: 1, [0xfe, 0xed])
    opaque.say(.server, at: 2, [0xfa, 0xce])
    #expect(opaque.verdict().verdictClass == .undetermined)
  }

  @Test(
    arguments: [
      (TCPState.synSent, EvidenceItem.unanswered), (.refused, .refused), (.established, .silent),
      (.closed, .silent), (.reset, .silent), (.synReceived, .givenUp),
    ])
  func `an ordinary connection without payload is undetermined, and says why`(
    state: TCPState, item: EvidenceItem
  ) {
    let verdict = Builder(state: state).verdict()
    #expect(verdict.verdictClass == .undetermined)
    #expect(verdict.has(item))
    #expect(verdict.missing.contains(.payload))
  }

  @Test func `a SYN+ACK without its SYN is backscatter, also when it is repeated`() {
    var builder = Builder(ground: .synAck, flags: [.syn, .ack], side: .server, state: .synReceived)
    #expect(builder.verdict().verdictClass == .backscatter)
    #expect(builder.verdict().has(.unsolicitedSYNAcknowledgement))
    builder.count(.server, packets: 3)
    #expect(builder.verdict().verdictClass == .backscatter)
    builder.flow.serverCounters.flags |= TCPFlags.fin.rawValue
    #expect(builder.verdict().verdictClass == .undetermined)
    builder.flow.serverCounters.flags = ([.syn, .ack] as TCPFlags).rawValue
    builder.count(.client, packets: 1)
    #expect(builder.verdict().verdictClass == .undetermined)
  }

  @Test func `a RST+ACK from sequence 0 is backscatter, from a running one it is stray`() {
    let flags: TCPFlags = [.rst, .ack]
    let zero = Builder(
      client: (Builder.host, 3_699), server: (Builder.pc, 40_000), ground: .firstCaptured,
      flags: flags,
      sequence: 0, state: .midstream)
    #expect(zero.verdict().verdictClass == .backscatter)
    #expect(zero.verdict().role == .server)
    let running = Builder(
      client: (Builder.host, 3_699), server: (Builder.pc, 40_000), ground: .firstCaptured,
      flags: flags,
      sequence: 9, state: .midstream)
    #expect(running.verdict().verdictClass == .undetermined)
  }

  @Test
  func `an error about a datagram that nobody sent here is backscatter, about our own it is not`() {
    let error = ICMPError(
      reporter: Builder.host, destination: Builder.pc, family: .ipv4, type: 3, code: 3,
      transport: .udp,
      quotedSource: Endpoint(Builder.pc, 40_000), quotedDestination: Endpoint(Builder.host, 3_699))
    let orphan = OrphanError(error: error, first: Builder.today, packet: 4, number: 1)
    let echo = Verdict(of: orphan, context: VerdictContext(), isOwnSending: false)
    #expect(echo.verdictClass == .backscatter)
    #expect(echo.evidence.first?.packet == 4)
    #expect(echo.evidence.first?.detail == "3/3")
    let own = Verdict(of: orphan, context: VerdictContext(), isOwnSending: true)
    #expect(own.verdictClass == .undetermined)
    #expect(own.has(.ownDatagram))
    #expect(!own.missing.isEmpty)
  }
}
