import Flows
import Identify
import Packets
import Report
import Sockets
import Verdicts

/// Values that many tests use.
enum Samples {
  static let start = Timestamp(seconds: 1_051_783_200, nanoseconds: 123_456_789)
  static let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
  static let server = Endpoint(IPAddress("198.51.100.2")!, 3699)

  static let python = process("python3", ["python3", "-m", "http.server", "3699"], pid: 4121)

  static func process(
    _ command: String, _ arguments: [String], pid: Int32 = 4121, user: String? = "alice"
  ) -> ProcessIdentity {
    ProcessIdentity(
      pid: pid, startTicks: 100, startTime: 1_051_783_000_000_000_000, command: Array(command.utf8),
      executable: Array("/usr/bin/\(command)".utf8), arguments: arguments.map { Array($0.utf8) },
      user: 1000,
      userName: user, parent: 1, workingDirectory: Array("/home/alice".utf8))
  }

  static func flow(
    _ transport: Transport = .tcp, number: Int = 1, client: Endpoint = client,
    server: Endpoint = server,
    state: TCPState? = .closed, seconds: Int64 = 1
  ) -> Flow {
    var flow = Flow(
      number: number, transport: transport, client: client, server: server,
      ground: transport == .tcp ? .syn : .firstDatagram, first: start,
      firstPacket: FirstPacket(
        number: 1, ip: IPHeader(family: .ipv4, hopLimit: 64), tcp: nil, payloadLength: 0,
        side: .client),
      state: transport == .tcp ? state : nil)
    flow.last = Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000 + 200_000_000)
    flow.clientCounters.packets = 6
    flow.clientCounters.bytes = 700
    flow.serverCounters.packets = 4
    flow.serverCounters.bytes = 2500
    flow.end = .closed
    return flow
  }

  static func recognition(_ name: String = "http", _ facts: [Fact]? = nil) -> Recognition {
    Recognition(
      name, .answered, grounds: [Ground(.client, 0, 16, "request line")],
      facts: facts ?? [
        Fact(.method, "GET"), Fact(.path, "/"), Fact(.host, "example.com"),
        Fact(.server, "Apache/1.3"),
      ])
  }

  static func verdict(
    _ verdictClass: VerdictClass = .otherApplication, _ application: String? = "http",
    facts: [Fact]? = nil, role: PortRole = .server
  ) -> Verdict {
    Verdict(
      verdictClass, application: application, role: role,
      evidence: [
        Evidence(
          .recognised, detail: "request line", packet: 4, side: .client, offset: 0, length: 16)
      ],
      recognition: application.map { recognition($0, facts) })
  }

  static func record(
    _ verdict: Verdict = verdict(), flow: Flow = flow(), server: ProcessIdentity? = nil
  ) -> FlowRecord {
    FlowRecord(flow: flow, verdict: verdict, serverProcess: server)
  }

  static func listener(
    _ holders: [Holder] = [Holder(process: python, descriptors: [3])],
    address: [UInt8] = [0, 0, 0, 0],
    missing: MissingOwner? = nil, transport: SocketEntry.Transport = .tcp
  ) -> OwnedSocket {
    OwnedSocket(
      socket: SocketEntry(
        transport: transport, isIPv6: address.count == 16,
        state: transport == .tcp ? .listening : .unconnected, localAddress: address,
        localPort: 3699,
        peerAddress: address.map { _ in 0 }, peerPort: 0, sendQueue: 5, user: 1000, inode: 77,
        cookie: 9),
      holders: holders, missing: missing)
  }

  static let icmp = ICMPError(
    reporter: server.address, destination: client.address, family: .ipv4, type: 3, code: 3,
    transport: .udp,
    quotedSource: client, quotedDestination: server)

  static var orphan: OrphanRecord {
    OrphanRecord(
      orphan: OrphanError(error: icmp, first: start, packet: 3, number: 2),
      verdict: Verdict(
        .backscatter, role: .server, evidence: [Evidence(.quotedDatagram, detail: "3/3")]))
  }
}
