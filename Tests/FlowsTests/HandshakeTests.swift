import Packets
import Testing

@testable import Flows

@Suite struct HandshakeTests {
  @Test func `the sender of the SYN is the client and a complete handshake is established`() throws
  {
    var builder = FlowBuilder()
    builder.handshake()
    let flow = try #require(builder.finished().first)
    #expect(flow.client == FlowBuilder.client)
    #expect(flow.server == FlowBuilder.server)
    #expect(flow.ground == .syn)
    #expect(flow.state == .established)
    #expect(flow.packets == 3)
    #expect(flow.clientCounters.packets == 2)
    #expect(flow.end == .captureEnd)
  }

  @Test func `the sender of a lone SYN and ACK is the server`() throws {
    var builder = FlowBuilder()
    builder.tcp(.server, [.syn, .ack], sequence: 5000, acknowledgement: 1)
    let flow = try #require(builder.finished().first)
    #expect(flow.client == FlowBuilder.client)
    #expect(flow.ground == .synAck)
    #expect(flow.firstPacket.side == .server)
    #expect(flow.state == .synReceived)
  }

  @Test func `a connection without its handshake has no known client`() throws {
    var builder = FlowBuilder()
    builder.tcp(.server, .ack, sequence: 7, "hello")
    let flow = try #require(builder.finished().first)
    #expect(flow.ground == .firstCaptured)
    #expect(!flow.conversation.knowsClient)
    #expect(flow.client == FlowBuilder.server)
    #expect(!flow.conversation.client.beginsAtStart)
    #expect(flow.state == .midstream)
  }

  @Test func `a SYN answered by a reset is refused`() throws {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1)
    builder.tcp(.server, [.rst, .ack], acknowledgement: 2)
    #expect(builder.finished().first?.state == .refused)
  }

  @Test func `SYN, SYN and ACK, reset is a half-open connection that the client reset`() throws {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1)
    builder.tcp(.server, [.syn, .ack], sequence: 9, acknowledgement: 2)
    builder.tcp(.client, .rst, sequence: 2)
    #expect(builder.finished().first?.state == .halfOpenReset)
  }

  @Test func `two FINs close a connection and one alone does not`() throws {
    var builder = FlowBuilder()
    builder.handshake()
    builder.tcp(.client, [.fin, .ack], sequence: 1001)
    #expect(builder.table[0].state == .closing)
    builder.tcp(.server, [.fin, .ack], sequence: 5001)
    #expect(builder.table[0].state == .closed)
    #expect(builder.finished().first?.end == .closed)
  }

  @Test func `a repeated SYN stays in its flow and a new one begins another`() throws {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1, at: 0)
    builder.tcp(.client, .syn, sequence: 1, at: 1)
    builder.tcp(.client, .syn, sequence: 77, at: 2)
    let flows = builder.finished()
    #expect(flows.map(\.packets) == [2, 1])
    #expect(flows.first?.clientCounters.syns == 2)
    #expect(flows.map(\.number) == [1, 2])
  }

  @Test func `a client whose answer was not captured still gets its connection`() throws {
    var builder = FlowBuilder()
    builder.tcp(.client, .syn, sequence: 1)
    builder.tcp(.client, .ack, sequence: 2, "GET")
    let flow = try #require(builder.finished().first)
    #expect(flow.state == .established)
    #expect(flow.conversation.client.bytes == Array("GET".utf8))
    #expect(flow.conversation.client.beginsAtStart)
  }
}
