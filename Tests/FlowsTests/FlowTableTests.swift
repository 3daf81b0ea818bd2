import Packets
import Testing

@testable import Flows

@Suite struct FlowTableTests {
  static func other(_ port: UInt16) -> Endpoint { Endpoint(IPAddress(v4: 0xc000_0203), port) }

  @Test func `the sender of the first datagram is the client`() throws {
    var builder = FlowBuilder()
    builder.udp(.server, "first", at: 0)
    builder.udp(.client, "second", at: 1)
    let flow = try #require(builder.finished().first)
    #expect(flow.client == FlowBuilder.server)
    #expect(flow.ground == .firstDatagram)
    #expect(flow.conversation.datagrams(from: .client).map(\.bytes) == [Array("first".utf8)])
    #expect(flow.conversation.datagrams(from: .server).map(\.bytes) == [Array("second".utf8)])
  }

  @Test func `a copy on another interface is counted, told, and changes nothing else`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "once", at: 0, interface: 1)
    let change = builder.udp(.client, "once", at: 0.001, interface: 2)
    #expect(change.isDuplicate)
    let flow = try #require(builder.finished().first)
    #expect(flow.packets == 2)
    #expect(flow.duplicates == 1)
    #expect(flow.conversation.turns.count == 1)
    #expect(flow.clientCounters.payloadBytes == 4)
  }

  @Test func `connections between the same ports at the same time are one for each network's tag`()
    throws
  {
    var builder = FlowBuilder()
    let networks: [[Encapsulation]] = [[.vlan(100)], [.vlan(200)], [.vlan(300), .vlan(7)], []]
    for (index, path) in networks.dropLast().enumerated() {
      builder.tcp(.client, .syn, sequence: UInt32(1_000 * (index + 1)), path: path)
    }
    for (index, path) in networks.dropLast().enumerated() {
      let sequence = UInt32(1_000 * (index + 1))
      builder.tcp(
        .server, [.syn, .ack], sequence: 9_000, acknowledgement: sequence + 1, at: 0.1, path: path)
      builder.tcp(
        .client, [.psh, .ack], sequence: sequence + 1, acknowledgement: 9_001, "to \(index)",
        at: 0.2, path: path)
    }
    let flows = builder.finished().sorted { $0.number < $1.number }
    #expect(flows.map(\.path) == networks.dropLast())
    #expect(
      flows.map { String(decoding: $0.conversation.client.bytes, as: UTF8.self) }
        == ["to 0", "to 1", "to 2"])
    #expect(flows.allSatisfy { $0.packets == 3 && $0.state == .established })
  }

  @Test
  func `a tag of its own for each direction, or a copy under another tag, makes no second flow`()
    throws
  {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1_000, identification: 5, path: [.vlan(1)])
    builder.tcp(.client, .syn, sequence: 1_000, at: 0.001, identification: 5, path: [.vlan(2)])
    builder.tcp(
      .server, [.syn, .ack], sequence: 5_000, acknowledgement: 1_001, at: 0.01, path: [.vlan(2)])
    builder.tcp(.client, .ack, sequence: 1_001, acknowledgement: 5_001, at: 0.02, path: [.vlan(1)])
    // Labels and tunnels that each direction numbers for itself tell no networks apart.
    builder.tcp(.client, .syn, sequence: 7_000, at: 0.03, path: [.mpls(1)])
    let flows = builder.finished()
    #expect(flows.map(\.packets) == [4, 1] && flows.map(\.duplicates) == [1, 0])
  }

  @Test func `the same datagram sent twice on one interface is two`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "twice", at: 0)
    builder.udp(.client, "twice", at: 0.001)
    let flow = try #require(builder.finished().first)
    #expect(flow.duplicates == 0)
    #expect(flow.conversation.turns.count == 2)
  }

  @Test func `an equal identification on one interface is a copy, but not after the window`() throws
  {
    var builder = FlowBuilder()
    builder.udp(.client, "same", at: 0, identification: 7)
    builder.udp(.client, "same", at: 0.01, identification: 7)
    builder.udp(.client, "same", at: 1, identification: 7)
    let flow = try #require(builder.finished().first)
    #expect(flow.duplicates == 1)
    #expect(flow.conversation.turns.count == 2)
  }

  @Test
  func `a SYN+ACK without an identification is a copy within the window, a repeated ACK is none`()
    throws
  {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1)
    for seconds in [0.01, 0.011, 1.1] {
      builder.tcp(.server, [.syn, .ack], sequence: 5, acknowledgement: 2, at: seconds)
    }
    for seconds in [1.2, 1.201, 1.202] {
      builder.tcp(.client, .ack, sequence: 2, acknowledgement: 6, at: seconds)
    }
    let flow = try #require(builder.finished().first)
    #expect(flow.duplicates == 1 && flow.packets == 7)
  }

  @Test func `a silent UDP flow ends and the next datagram begins another`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "a", at: 0)
    builder.udp(.client, "b", at: 301)
    let flows = builder.finished()
    #expect(flows.count == 2)
    #expect(flows.first?.end == .idle)
  }

  @Test func `a datagram from long before a flow belongs to another one`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "later", at: 1_000)
    builder.udp(.client, "overtaken", at: 999)
    builder.udp(.client, "earlier", at: 600)
    let flows = builder.finished()
    #expect(flows.map(\.packets) == [2, 1])
    #expect(flows.first?.end == .idle)
  }

  @Test func `expiry ends idle flows only`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "a", at: 0, client: Self.other(1))
    builder.udp(.client, "b", at: 200, client: Self.other(2))
    builder.table.expire(at: Timestamp(seconds: 400, nanoseconds: 0))
    #expect(builder.table.takeEnded().map(\.flow.client.port) == [1])
    #expect(builder.table.count == 1)
  }

  @Test func `closed flows end before their time where much is kept, the longest silent first`() {
    var builder = FlowBuilder()
    // Flow 1 stays open; 3 is silent longer than 2.
    for (port, close) in [(UInt16(1), nil), (2, 9.0), (3, 5.0), (4, 20.0)] as [(UInt16, Double?)] {
      builder.handshake(at: Double(port), client: Self.other(port))
      builder.tcp(
        .client, .ack, sequence: 1001, acknowledgement: 5001,
        String(repeating: "x", count: port == 1 ? 10 : 1_000), at: Double(port),
        client: Self.other(port))
      if let close {
        builder.tcp(.server, .rst, sequence: 5001, at: close, client: Self.other(port))
      }
    }
    // What was refused said nothing.
    builder.tcp(.client, .syn, sequence: 1000, at: 2, client: Self.other(5))
    builder.tcp(.server, [.rst, .ack], acknowledgement: 1001, at: 2, client: Self.other(5))
    builder.table.endClosed(holding: 3_500)
    #expect(builder.table.takeEnded().isEmpty)
    builder.table.endClosed(holding: 2_500)
    let ended = builder.table.takeEnded().map(\.flow)
    #expect(ended.map(\.client.port) == [2, 3] && ended.allSatisfy { $0.end == .closed })
    #expect(builder.table.count == 3 && builder.table.evicted == 0)
    // The open one is not ended, however much it keeps.
    builder.table.endClosed(holding: 0)
    #expect(builder.table.takeEnded().map(\.flow.client.port) == [4])
    builder.table.endClosed(holding: 0)
    #expect(builder.table.count == 2)
  }

  @Test func `a full table lets the longest silent flow without payload go first`() throws {
    var builder = FlowBuilder(limit: 3)
    builder.udp(.client, "talks", at: 0, client: Self.other(1))
    builder.tcp(.client, .syn, at: 1, client: Self.other(2))
    builder.tcp(.client, .syn, at: 2, client: Self.other(3))
    builder.tcp(.client, .syn, at: 3, client: Self.other(4))
    #expect(builder.table.takeEnded().map(\.flow.client.port) == [2])
    #expect(builder.table.evicted == 1)
    builder.tcp(.client, .syn, at: 4, client: Self.other(5))
    builder.tcp(.client, .syn, at: 5, client: Self.other(6))
    #expect(builder.table.takeEnded().map(\.flow.client.port) == [3, 4])
    #expect(builder.finished().map(\.client.port).contains(1))
  }

  @Test func `a hundred thousand flows through a small table are all ended exactly once`() throws {
    var builder = FlowBuilder(limit: 100)
    var ended = 0
    for index in 0..<100_000 {
      let client = Endpoint(IPAddress(v4: UInt32(index)), UInt16(truncatingIfNeeded: index))
      builder.tcp(.client, .syn, sequence: UInt32(index), at: Double(index) / 1000, client: client)
      ended += builder.table.takeEnded().count
    }
    #expect(builder.table.count == 100)
    ended += builder.finished().count
    #expect(ended == 100_000)
    #expect(builder.table.begun == 100_000)
  }

  @Test func `an ICMP error counts for its flow, and without one it is an orphan`() throws {
    var builder = FlowBuilder()
    builder.udp(.client, "query", at: 0)
    func error(_ port: UInt16) -> ICMPError {
      ICMPError(
        reporter: FlowBuilder.server.address, destination: FlowBuilder.client.address,
        family: .ipv4, type: 3,
        code: 3, transport: .udp,
        quotedSource: Endpoint(FlowBuilder.client.address, port),
        quotedDestination: FlowBuilder.server)
    }
    #expect(builder.table.note(error(40000), number: 2, time: Timestamp(nanoseconds: 1)) != nil)
    #expect(builder.table.note(error(40001), number: 3, time: Timestamp(nanoseconds: 2)) == nil)
    #expect(builder.table.note(error(40001), number: 4, time: Timestamp(nanoseconds: 3)) == nil)
    let orphans = builder.table.takeOrphans()
    #expect(orphans.map(\.count) == [2])
    let flow = try #require(builder.finished().first)
    #expect(flow.icmpErrors == 1)
    #expect(flow.packets == 1)
  }

  @Test(arguments: [false, true])
  func `what all flows hold together is bounded, and the longest silent one makes room`(
    _ isOutOfOrder: Bool
  ) {
    var builder = FlowBuilder(bytes: 100_000)
    let payload = String(repeating: "x", count: 1_000)
    for number in 0..<1_000 {
      let client = Endpoint(IPAddress(v4: 0x0a00_0000 + UInt32(number)), 40_000)
      builder.handshake(at: Double(number) / 100, client: client)
      // One byte is missing in front where the segments are to wait.
      let first: UInt32 = isOutOfOrder ? 1_002 : 1_001
      for part in 0..<4 as Range<UInt32> {
        builder.tcp(
          .client, .ack, sequence: first + part * 1_000, acknowledgement: 5_001, payload,
          at: Double(number) / 100, client: client)
      }
      #expect(builder.table.held <= 100_000)
    }
    #expect(builder.table.count == 25 && builder.table.evicted == 975)
    let flows = builder.finished()
    #expect(builder.table.held == 0 && flows.count == 1_000)
    #expect(flows.allSatisfy { $0.clientCounters.payloadBytes == 4_000 })
    #expect(flows.map(\.number).prefix(975) == Array(1...975)[...])
  }
}
