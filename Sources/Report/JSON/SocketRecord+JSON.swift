import Packets
import Sockets

extension SocketRecord {
  /// The record as `icwscan.record` = `socket`; `source` is the local end, `destination` the peer.
  public var json: JSONValue {
    let socket = owned.socket
    var record = ECS.record(
      .socket, at: time, digits: 3,
      event: ["kind": "state", "category": ["network"], "type": ["info"]])
    record["source"] = socket.local.map { .object(ECS.end($0)) }
    record["destination"] = socket.peer.map { .object(ECS.end($0)) }
    record["network"] = .object([
      "transport": .string(socket.transport.rawValue),
      "type": .string(socket.isIPv6 ? "ipv6" : "ipv4"),
    ])
    record["process"] = owned.holders.first.map { .object(ECS.process($0.process)) }
    record["container"] = ECS.container(owned.holders.first?.process)
    var own = ECS.own(.socket)
    own["exposure"] = socket.isListening ? .string(exposure.rawValue) : nil
    own["holders"] = .array(owned.holders.map { .object($0.json) })
    own["missing_owner"] = owned.missing.map { .string($0.rawValue) }
    own["socket"] = .object(socket.json)
    own["namespace"] = owned.namespace.map {
      .object([
        "inode": .unsigned($0.inode), "name": $0.name.map(JSONValue.bytes), "own": .bool($0.isOwn),
        "member_pid": $0.memberPID.map { .int(Int($0)) },
      ])
    }
    record["icwscan"] = .object(own)
    return .object(record)
  }
}

extension Holder {
  /// One item under `icwscan.holders`.
  var json: JSONObject {
    [
      "process": .object(ECS.ownProcess(process)),
      "descriptors": .array(descriptors.map { .int(Int($0)) }), "inherited": .bool(isInherited),
    ]
  }
}

extension SocketEntry {
  /// What lies under `icwscan.socket`.
  var json: JSONObject {
    [
      "state": .string(state.rawValue), "receive_queue": .int(Int(receiveQueue)),
      "send_queue": .int(Int(sendQueue)), "user": .string(String(user)), "inode": .int(Int(inode)),
      "cookie": cookie == 0 ? nil : .unsigned(cookie),
      "bound_interface": boundInterface == 0 ? nil : .int(Int(boundInterface)),
      "mark": mark.map { .int(Int($0)) }, "ipv6_only": isIPv6Only.map(JSONValue.bool),
      "round_trip_microseconds": roundTripMicroseconds.map { .int(Int($0)) },
      "bytes_received": bytesReceived.map(JSONValue.unsigned),
      "bytes_acknowledged": bytesAcknowledged.map(JSONValue.unsigned),
      "congestion": congestion.map(JSONValue.string),
    ]
  }
}
