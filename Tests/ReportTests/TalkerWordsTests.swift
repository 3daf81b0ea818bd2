import Flows
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

/// Who talks to whom.
@Suite struct TalkerWordsTests {
  private static func tally(_ hosts: [(client: String, verdict: VerdictClass)]) -> Tally {
    var tally = Tally()
    for (client, verdict) in hosts {
      tally.note(
        Samples.record(
          Samples.verdict(verdict, nil), flow: Samples.flow(client: Endpoint(IPAddress(client)!, 9))
        ))
    }
    return tally
  }

  @Test func `a summary names servers, clients and who probed, the busiest first`() {
    let tally = Self.tally([
      ("192.0.2.1", .otherApplication), ("192.0.2.2", .undetermined), ("192.0.2.2", .undetermined),
      ("192.0.2.3", .icwFamily), ("192.0.2.4", .otherApplication), ("203.0.113.9", .scan),
      ("192.0.2.5", .portCoincidence), ("192.0.2.6", .backscatter),
    ])
    #expect(
      TalkerWords.lines(tally) == [
        "servers: 198.51.100.2 in 5 flows",
        "clients: 192.0.2.2 in 2 flows, 192.0.2.1 in 1, 192.0.2.3 in 1 and 1 other in 1",
        "probed by: 203.0.113.9 in 1 flow",
      ])
    #expect(TextReport().summary(SummaryRecord(tally: tally))[2] == TalkerWords.lines(tally)[0])
  }

  @Test func `a client whose other flows are a scan is told as a scanner, too`() {
    let tally = Self.tally([
      ("203.0.113.9", .otherApplication), ("203.0.113.9", .scan), ("192.0.2.1", .otherApplication),
    ])
    #expect(
      TalkerWords.lines(tally) == [
        "servers: 198.51.100.2 in 2 flows",
        "clients: 192.0.2.1 in 1 flow and 203.0.113.9 (also a scanner) in 1",
        "probed by: 203.0.113.9 in 1 flow",
      ])
  }

  @Test func `one flow says it by itself`() {
    #expect(TalkerWords.lines(Self.tally([("192.0.2.1", .otherApplication)])).isEmpty)
  }

  @Test func `addresses beyond the bound are counted together`() {
    var tally = AddressTally()
    for number in 0..<AddressTally.most + 7 { tally.note(IPAddress(v4: UInt32(number))) }
    tally.note(IPAddress(v4: 0))
    #expect(tally.flows.count == AddressTally.most && tally.others == 7)
    var sum = AddressTally()
    sum.add(tally)
    #expect(sum.flows == tally.flows && sum.others == 7)
  }

  private static func connection(
    _ local: UInt16, _ peer: UInt16, _ holders: [Holder] = [], state: SocketState = .established
  ) -> OwnedSocket {
    OwnedSocket(
      socket: SocketEntry(
        transport: .tcp, isIPv6: false, state: state, localAddress: [192, 0, 2, 7],
        localPort: local, peerAddress: [192, 0, 2, UInt8(local % 7)], peerPort: peer),
      holders: holders)
  }

  @Test func `the owner report says who is connected, and from where`() {
    let curl = Samples.process("curl", ["curl", "http://192.0.2.7:3699/"], pid: 77)
    let survey = PortSurvey(sockets: [
      Samples.listener(), Self.connection(3699, 40_000), Self.connection(3699, 40_001),
      Self.connection(3699, 40_002, state: .timeWait),
      Self.connection(50_001, 3699, [Holder(process: curl, descriptors: [5])]),
    ])
    #expect(
      TextReport().owner(survey)[2...3] == [
        "connected now: 192.0.2.3 in 2 connections",
        "connected from this host: curl http://192.0.2.7:3699/ (pid 77, alice) to 192.0.2.0:3699",
      ])
    var elsewhere = Self.connection(50_001, 3699, [Holder(process: curl, descriptors: [5])])
    elsewhere.namespace = NetworkNamespace(inode: 7, name: Array("blue".utf8))
    #expect(
      TalkerWords.lines(PortSurvey(sockets: [elsewhere]), port: 3699) == [
        "connected from this host: curl http://192.0.2.7:3699/ (pid 77, alice) "
          + "in network namespace blue to 192.0.2.0:3699"
      ])
    #expect(
      TextReport().owner(PortSurvey(sockets: [Samples.listener()]))[2] == "connected now: nobody")
    #expect(TalkerWords.lines(PortSurvey(), port: 3699).isEmpty)
  }

  @Test func `a UDP socket that is not connected does not say that nobody is connected`() {
    let datagrams = OwnedSocket(
      socket: SocketEntry(
        transport: .udp, isIPv6: false, state: .unconnected, localAddress: [0, 0, 0, 0],
        localPort: 3699, peerAddress: [0, 0, 0, 0], peerPort: 0), holders: [])
    let note = "; clients of an unconnected UDP socket show in packets alone"
    func lines(_ sockets: OwnedSocket...) -> [String] {
      TalkerWords.lines(PortSurvey(sockets: sockets), port: 3699)
    }
    #expect(lines(datagrams) == ["connected now: nobody" + note])
    #expect(lines(datagrams, Samples.listener()) == ["connected now: nobody" + note])
    #expect(
      lines(datagrams, Self.connection(3699, 40_000))
        == ["connected now: 192.0.2.3 in 1 connection" + note])
    var connected = datagrams
    connected.socket.state = .established
    connected.socket.peerAddress = [192, 0, 2, 5]
    connected.socket.peerPort = 53
    #expect(lines(connected) == ["connected now: 192.0.2.5 in 1 connection"])
    var lite = datagrams
    lite.socket.transport = .udpLite
    #expect(lines(lite).isEmpty)
    // After a capture packets were looked at.
    #expect(
      TalkerWords.lines(PortSurvey(sockets: [datagrams]), port: 3699, hasListened: true)
        == ["connected now: nobody"])
  }

  @Test func `a title that was written over a command line ends where its words do`() {
    let titled = Samples.process("postgres", ["postgres: a b 192.0.2.1(5) idle", "", ""], pid: 7)
    #expect(ProcessWords.command(titled) == "'postgres: a b 192.0.2.1(5) idle'")
    #expect(ProcessWords.command(Samples.process("sh", ["sh", "", "x"], pid: 7)) == "sh '' x")
    #expect(ProcessWords.command(Samples.process("sh", ["sh", "-c", ""], pid: 7)) == "sh -c ''")
    #expect(ProcessWords.command(titled, limit: 12).count == 12)
  }

  @Test func `what waits in another namespace is listened to there`() {
    var owned = Samples.listener()
    func next(_ namespace: NetworkNamespace) -> String? {
      owned.namespace = namespace
      return TextReport().owner(PortSurvey(sockets: [owned]), tellsNext: true).last
    }
    #expect(
      next(NetworkNamespace(inode: 7, name: Array("blue".utf8)))
        == "next: see what is said on the port in network namespace blue: "
        + "sudo ip netns exec blue icwscan")
    #expect(
      next(NetworkNamespace(inode: 7, memberPID: 9))
        == "next: see what is said on the port in the network namespace of pid 9: "
        + "sudo nsenter -t 9 -n icwscan")
    #expect(
      next(NetworkNamespace(inode: 7, name: Array("/run/a b".utf8)))?
        .hasSuffix("sudo nsenter --net='/run/a b' icwscan") == true)
    #expect(
      next(NetworkNamespace(inode: 7, isOwn: true))
        == "next: see what is said on the port: sudo icwscan")
  }

  @Test func `a screen shows the first kinds of a class and adds up the others`() {
    var tally = Tally()
    for number in 0..<9 {
      tally.note(
        Samples.record(Verdict(.otherApplication, application: "own-\(number)", role: .server)))
    }
    let record = SummaryRecord(tally: tally)
    let screen = TextReport(style: Style(width: 80, isTerminal: true)).summary(record)
    #expect(screen.contains("tcp   other-application  (4 others)       4       40  12.8 kB"))
    #expect(screen.count { $0.contains("own-") && $0.hasPrefix("tcp  ") } == 5)
    // Apart from the flows above it.
    #expect(screen[0].isEmpty && screen[1].hasPrefix("3699/tcp is not KPN-ICW"))
    #expect(!TextReport().summary(record).contains { $0.contains("others)") })
  }

  @Test func `groups are folded where the screen is too narrow`() {
    var grouping = Grouping(by: .client)
    grouping.note(Samples.record())
    let wide = TextReport(style: Style(width: 200, isTerminal: true)).groups(grouping)
    #expect(wide[1].contains("10  3.2 kB  2003-05-01T10:00:00Z"))
    #expect(
      TextReport(style: Style(width: 60, isTerminal: true)).groups(grouping) == [
        "client     flows  packets   bytes",
        "192.0.2.1      1       10  3.2 kB",
        "    2003-05-01T10:00:00Z to 2003-05-01T10:00:01Z: 1",
        "    other-application (http)",
      ])
  }

  @Test func `folded lines have one blank between their parts, in colour too`() {
    for colour in [false, true] {
      let style = Style(colour: colour, width: 60, isTerminal: true)
      let lines = TextReport(style: style).flow(Samples.record())
        .map { $0.replacing(/\u{1b}\[[0-9]+m/, with: "") }
      #expect(lines.count > 1)
      #expect(lines.allSatisfy { !$0.drop { $0 == " " }.contains("  ") }, "\(lines)")
    }
  }
}
