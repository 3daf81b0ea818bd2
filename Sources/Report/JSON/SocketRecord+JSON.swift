import Packets
import Sockets

extension SocketRecord {
  /// The record as `icwscan.record` = `socket`; `source` is the local end, `destination` the peer.
  public var json: JSONValue {
    let socket = owned.socket
    var record = ECS.record(
      .socket, at: time, digits: 3,
      event: [
        "kind": .string(change == nil ? "state" : "event"), "category": ["network"],
        "type": .array([.string(change?.kind.type ?? "info")]),
        "action": change.map { .string($0.kind.action) },
      ])
    record["source"] = Self.end(socket.local, localName)
    record["destination"] = Self.end(socket.peer, peerName)
    record["network"] = .object([
      "transport": .string(socket.transport.rawValue),
      "type": .string(socket.isIPv6 ? "ipv6" : "ipv4"),
    ])
    let first = owned.holders.first
    record["process"] = first.map { .object(ECS.process($0.process, $0.provenance)) }
    record["container"] =
      first?.provenance?.container.map { .object($0.ecs) } ?? ECS.container(first?.process)
    record["package"] = first?.provenance?.package.ecs.map(JSONValue.object)
    var own = ECS.own(.socket)
    own["exposure"] = socket.isListening ? .string(exposure.rawValue) : nil
    own["holders"] = .array(owned.holders.map { .object($0.json) })
    let reason = owned.missing.map { JSONValue.string($0.rawValue) }
    own[owned.holders.isEmpty ? "missing_owner" : "holders_incomplete"] = reason
    if !owned.activation.isEmpty {
      own["activation"] = .array(owned.activation.map { .object($0.json) })
    }
    own["previous_state"] = change?.previousState.map { .string($0.rawValue) }
    own["previous_holders"] = change?.previousHolders.map { holders in
      .array(holders.map { .object($0.json) })
    }
    own["lived_between_looks"] = change?.livedBetweenLooks == true ? true : nil
    var numbers = socket.json
    numbers["control_group"] = owned.controlGroup.map(JSONValue.bytes)
    own["socket"] = .object(numbers)
    if !owned.inputFilters.isEmpty {
      own["input_filters"] = .array(owned.inputFilters.map(\.json))
    }
    own["namespace"] = owned.namespace.map { .object($0.json) }
    record["icwscan"] = .object(own)
    return .object(record)
  }

  private static func end(_ endpoint: Endpoint?, _ name: String?) -> JSONValue? {
    guard let endpoint else { return nil }
    var end = ECS.end(endpoint)
    end["domain"] = name.map(JSONValue.string)
    return .object(end)
  }
}

extension SocketChange.Kind {
  /// The name under `event.action`.
  var action: String { "socket-\(rawValue)" }

  /// The name under `event.type`.
  var type: String {
    switch self {
    case .appeared: "start"
    case .vanished: "end"
    case .present, .state, .holder, .queue: "info"
    }
  }
}

extension Holder {
  /// One item under `icwscan.holders`.
  var json: JSONObject {
    [
      "process": .object(ECS.ownProcess(process, provenance)),
      "descriptors": .array(descriptors.map { .int(Int($0)) }), "inherited": .bool(isInherited),
      "rings": rings.isEmpty ? nil : .array(rings.map { .int(Int($0)) }),
      "provenance": provenance.map { .object($0.json) },
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
      "timer": timer.map {
        .object([
          "kind": .string($0.kind.rawValue), "milliseconds": .int(Int($0.milliseconds)),
          "retransmissions": .int(Int($0.retransmissions)),
        ])
      },
      "multipath": isMultipath ? true : nil,
      "bound_interface_name": boundInterfaceName.map(JSONValue.string),
      "upper_layer": upperLayer.map(JSONValue.string),
      "last_sent_milliseconds": lastSentMilliseconds.map { .int(Int($0)) },
      "last_received_milliseconds": lastReceivedMilliseconds.map { .int(Int($0)) },
      "awaits_accept": isAwaitingAccept ? true : nil,
    ]
  }
}
