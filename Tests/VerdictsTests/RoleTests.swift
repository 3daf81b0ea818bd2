import CallWaiting
import Flows
import Packets
import Testing

@testable import Identify
@testable import Verdicts

@Suite struct RoleTests {
  static let asClient = (Builder.pc, UInt16(3_699))
  static let toSSH = (Builder.host, UInt16(22))

  @Test func `the port of the server is the server's`() {
    var builder = Builder()
    builder.speakSSH()
    let verdict = builder.verdict()
    #expect(verdict.role == .server)
    #expect(verdict.verdictClass == .otherApplication)
    #expect(verdict.application == "ssh")
    #expect(verdict.has(.syn))
  }

  @Test func `the port of the client is a coincidence that names the service`() {
    var builder = Builder(client: Self.asClient, server: Self.toSSH)
    builder.speakSSH()
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .portCoincidence)
    #expect(verdict.role == .client)
    #expect(verdict.servicePort == 22)
    #expect(verdict.application == "ssh")
    #expect(verdict.has(.clientPort))
  }

  @Test func `a coincidence stays one without payload, even for a scanner's SYN`() {
    let verdict = Builder(
      client: Self.asClient, server: Self.toSSH, window: 1_024, options: Builder.onlySize,
      state: .synSent
    ).verdict()
    #expect(verdict.verdictClass == .portCoincidence)
    #expect(verdict.application == nil)
    #expect(verdict.missing.contains(.payload))
  }

  @Test func `both ports are both`() {
    var builder = Builder(.udp, client: Self.asClient)
    builder.say(.client, at: 0, [1, 2, 3])
    #expect(builder.verdict().role == .both)
  }

  @Test func `a first datagram that is an answer shows that the question was missed`() {
    var builder = Builder(.udp, client: Self.asClient, server: (Builder.host, 5_060))
    builder.say(
      .client, at: 0,
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h\r\nFrom: <sip:a@h>\r\nTo: <sip:b@h>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n"
    )
    var verdict = builder.verdict()
    #expect(verdict.role == .server)
    #expect(verdict.servicePort == nil)
    #expect(verdict.application == "sip")
    #expect(verdict.has(.protocolDirection))
    verdict.exchangeSides()
    #expect(verdict.missing.contains(.start) && !verdict.missing.contains(.serverDirection))
  }

  /// The verdict on a connection whose start was missed, with a protocol that shows its client, or not.
  static func midstream(_ clientIs: Side?) -> Verdict {
    var builder = Builder(
      client: (Builder.host, 22), server: asClient, ground: .firstCaptured, flags: [.ack, .psh])
    builder.say(.client, at: 0, [1])
    builder.say(.server, at: 0.1, [2])
    let recogniser = Recogniser(
      name: "x", title: "X", specification: "none", transports: [.tcp], basis: .built
    ) { _ in .yes(Recognition("x", .answered, grounds: [], clientIs: clientIs)) }
    return Verdict(
      of: builder.flow,
      identification: Identification(of: builder.flow.conversation, by: [recogniser]),
      finding: .init(), context: VerdictContext())
  }

  @Test func `without a handshake the protocol's own direction decides`() {
    let turned = Self.midstream(.server)
    #expect(turned.verdictClass == .portCoincidence)
    #expect(turned.servicePort == 22)
    #expect(turned.has(.protocolDirection))
    #expect(turned.missing.contains(.start))
    let straight = Self.midstream(.client)
    #expect(straight.verdictClass == .otherApplication)
    #expect(straight.role == .server)
  }

  @Test func `a protocol that shows no direction leaves it to the lower port`() {
    let verdict = Self.midstream(nil)
    #expect(verdict.verdictClass == .portCoincidence)
    #expect(verdict.evidence.first { $0.item == .lowerPort }?.detail == "22")
  }

  @Test func `without a handshake and a protocol nobody knows`() {
    var builder = Builder(
      client: (Builder.host, 40_000), ground: .firstCaptured, flags: .ack, state: .midstream)
    builder.say(.client, at: 0, [0xfe, 1, 2, 3])
    let verdict = builder.verdict()
    #expect(verdict.role == .unknown)
    #expect(verdict.has(.roleUnknown))
  }

  @Test func `the lower port of a recognised stream is the server's, though it was captured first`()
  {
    var builder = Builder(
      client: (Builder.host, 22), server: (Builder.pc, 3_699), ground: .firstCaptured, flags: .ack,
      state: .midstream)
    builder.say(.client, at: 0, "* 3 EXISTS\r\n")
    let recogniser = Recogniser(
      name: "x", title: "X", specification: "none", transports: [.tcp], basis: .built
    ) { _ in
      .yes(Recognition("x", .consistent, grounds: [Ground(.client, 0, 4, "y")], clientIs: nil))
    }
    let verdict = Verdict(
      of: builder.flow,
      identification: Identification(of: builder.flow.conversation, by: [recogniser]),
      finding: .init(), context: builder.context)
    #expect(verdict.role == .client)
    #expect(verdict.has(.lowerPort))
    #expect(verdict.clientSide == .server)
    // Told of the sides as they are then shown.
    var turned = verdict
    turned.exchangeSides()
    #expect(turned.clientSide == .client)
    #expect(turned.evidence.first { $0.item == .recognised }?.side == .server)
    #expect(turned.recognition?.grounds.first?.side == .server)
    #expect(turned.missing.first == .start)
  }

  @Test func `a sibling port shows a client that takes ports in sequence`() {
    var builder = Builder(
      client: Self.asClient, server: (Builder.host, 8_888), ground: .firstCaptured, flags: .ack,
      state: .midstream)
    builder.context.companions.siblingPorts = .client
    let verdict = builder.verdict()
    #expect(verdict.verdictClass == .portCoincidence)
    #expect(verdict.servicePort == 8_888)
    builder.context.companions.siblingPorts = .server
    #expect(builder.verdict().role == .unknown)
  }

  @Test func `another watched port has its own roles`() {
    var builder = Builder(client: Self.asClient, server: Self.toSSH)
    builder.context.port = 22
    builder.speakSSH()
    #expect(builder.verdict().role == .server)
    #expect(builder.verdict().verdictClass == .otherApplication)
  }

  @Test func `a group is no client`() {
    var builder = Builder(.udp, server: (Builder.address("239.1.2.3"), 3_699), ground: .group)
    builder.say(.client, at: 0, [1, 2, 3, 4])
    let verdict = builder.verdict()
    #expect(verdict.role == .server)
    #expect(!verdict.missing.contains(.serverDirection))
  }
}
