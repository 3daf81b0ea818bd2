import Flows
import Packets

/// Feeds a flow table with hand-made packets between 192.0.2.1:40000 (client) and 198.51.100.2:3699.
struct FlowBuilder {
  static let client = Endpoint(IPAddress(v4: 0xc000_0201), 40000)
  static let server = Endpoint(IPAddress(v4: 0xc633_6402), 3699)

  var table = FlowTable()
  private var number = 0

  init(limit: Int = FlowLimits.flows, bytes: Int = FlowLimits.bytesInAll) {
    table = FlowTable(limit: limit, bytes: bytes)
  }

  @discardableResult mutating func tcp(
    _ side: Side, _ flags: TCPFlags, sequence: UInt32 = 0, acknowledgement: UInt32 = 0,
    _ payload: String = "",
    at seconds: Double = 0, client: Endpoint = FlowBuilder.client, identification: UInt32 = 0,
    interface: Int = 0, wireLength: Int? = nil, path: [Encapsulation] = []
  ) -> FlowChange {
    note(
      .tcp(TCPHeader(sequence: sequence, acknowledgement: acknowledgement, flags: flags)), side,
      Array(payload.utf8), at: seconds, client: client, identification: identification,
      interface: interface,
      wireLength: wireLength, path: path)
  }

  @discardableResult mutating func udp(
    _ side: Side, _ payload: String, at seconds: Double = 0, client: Endpoint = FlowBuilder.client,
    identification: UInt32 = 0, interface: Int = 0, wireLength: Int? = nil
  ) -> FlowChange {
    note(
      .udp(checksum: 0), side, Array(payload.utf8), at: seconds, client: client,
      identification: identification,
      interface: interface, wireLength: wireLength)
  }

  private mutating func note(
    _ header: Packet.Header, _ side: Side, _ payload: [UInt8], at seconds: Double, client: Endpoint,
    identification: UInt32, interface: Int, wireLength: Int?, path: [Encapsulation] = []
  ) -> FlowChange {
    number += 1
    let packet = Packet(
      source: side == .client ? client : Self.server,
      destination: side == .client ? Self.server : client,
      ip: IPHeader(family: .ipv4, hopLimit: 64, identification: identification), header: header,
      payload: 0..<payload.count, payloadLength: wireLength ?? payload.count, path: path)
    return table.note(
      packet, payload: payload.span, number: number,
      time: Timestamp(nanoseconds: Int64(seconds * 1e9)),
      link: .ethernet, wireLength: 54 + packet.payloadLength, interface: interface)
  }

  /// SYN, SYN+ACK, ACK; the client's first byte is 1001, the server's 5001.
  mutating func handshake(at seconds: Double = 0, client: Endpoint = FlowBuilder.client) {
    tcp(.client, .syn, sequence: 1000, at: seconds, client: client)
    tcp(.server, [.syn, .ack], sequence: 5000, acknowledgement: 1001, at: seconds, client: client)
    tcp(.client, .ack, sequence: 1001, acknowledgement: 5001, at: seconds, client: client)
  }

  /// The only flow, after the end of the capture.
  mutating func finished() -> [Flow] {
    table.finish()
    return table.takeEnded().map(\.flow)
  }
}
