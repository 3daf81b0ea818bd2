import Packets
import Sockets
import Verdicts

extension Schema {
  /// A socket.
  static var socket: JSONValue {
    let holder = SchemaNode.closed(
      [
        "process": SchemaNode.reference("own_process"),
        "descriptors": SchemaNode.list(SchemaNode.integer),
        "inherited": SchemaNode.boolean,
      ],
      optional: [
        "rings": SchemaNode.list(SchemaNode.integer),
        "provenance": SchemaNode.reference("provenance"),
      ])
    let timer = SchemaNode.closed([
      "kind": SchemaNode.one(of: SocketTimer.Kind.self), "milliseconds": SchemaNode.count,
      "retransmissions": SchemaNode.count,
    ])
    let socket = SchemaNode.closed(
      [
        "state": SchemaNode.one(of: SocketState.self), "receive_queue": SchemaNode.count,
        "send_queue": SchemaNode.count, "user": SchemaNode.string, "inode": SchemaNode.count,
      ],
      optional: [
        "cookie": SchemaNode.count, "bound_interface": SchemaNode.count, "mark": SchemaNode.count,
        "ipv6_only": SchemaNode.boolean, "round_trip_microseconds": SchemaNode.count,
        "bytes_received": SchemaNode.count, "bytes_acknowledged": SchemaNode.count,
        "congestion": SchemaNode.string, "timer": timer, "multipath": SchemaNode.boolean,
        "bound_interface_name": SchemaNode.string, "upper_layer": SchemaNode.string,
        "last_sent_milliseconds": SchemaNode.count,
        "last_received_milliseconds": SchemaNode.count, "awaits_accept": SchemaNode.boolean,
        "control_group": SchemaNode.string,
      ])
    return SchemaNode.closed(
      [
        "ecs": ecs,
        "event": event(
          .socket, "state", "event", types: ["info", "start", "end"],
          optional: ["action": SchemaNode.oneOf(SocketChange.Kind.allCases.map(\.action))]),
        "network": SchemaNode.closed([
          "transport": SchemaNode.one(of: SocketEntry.Transport.self),
          "type": SchemaNode.oneOf(["ipv4", "ipv6"]),
        ]),
        "icwscan": own(
          .socket, ["holders": SchemaNode.list(holder), "socket": socket],
          optional: [
            "exposure": SchemaNode.one(of: SocketRecord.Exposure.self),
            "missing_owner": SchemaNode.one(of: MissingOwner.self),
            "holders_incomplete": SchemaNode.one(of: MissingOwner.self),
            "activation": SchemaNode.list(SchemaNode.reference("unit")),
            "previous_state": SchemaNode.one(of: SocketState.self),
            "previous_holders": SchemaNode.list(holder),
            "lived_between_looks": SchemaNode.boolean,
            "input_filters": SchemaNode.list(SchemaNode.reference("input_filter")),
            "namespace": SchemaNode.reference("namespace"),
          ]),
      ],
      optional: [
        "@timestamp": SchemaNode.time, "source": SchemaNode.reference("end"),
        "destination": SchemaNode.reference("end"), "process": SchemaNode.reference("process"),
        "container": ecsContainer, "package": package,
      ])
  }

  /// A packet.
  static var packet: JSONValue {
    let tcp = SchemaNode.closed(
      [
        "flags": SchemaNode.list(SchemaNode.oneOf(TCPFlags.named.map(\.name))),
        "sequence": SchemaNode.count, "window": SchemaNode.count,
      ], optional: ["acknowledgement": SchemaNode.count])
    let packet = SchemaNode.closed(
      [
        "number": SchemaNode.count, "captured": SchemaNode.count, "length": SchemaNode.count,
        "link_type": SchemaNode.oneOf(LinkType.allCases.map { LayerWords.of($0) }),
      ],
      optional: [
        "event": SchemaNode.string, "payload_length": SchemaNode.count,
        "hop_limit": SchemaNode.count,
        "identification": SchemaNode.count, "reassembled": SchemaNode.boolean,
        "path": SchemaNode.reference("path"), "tcp": tcp, "icmp": SchemaNode.reference("icmp"),
        "quoted": SchemaNode.closed([
          "source": SchemaNode.reference("end"), "destination": SchemaNode.reference("end"),
        ]),
      ])
    let end = SchemaNode.closed(["ip": SchemaNode.string], optional: ["port": SchemaNode.port])
    return SchemaNode.closed(
      [
        "@timestamp": SchemaNode.time, "ecs": ecs,
        "event": event(.packet, "event", types: ["info"]),
        "source": end, "destination": end, "network": SchemaNode.reference("network"),
        "icwscan": own(.packet, ["packet": packet], optional: ["member": SchemaNode.string]),
      ], optional: ["log": log, "observer": observer])
  }

  /// What a capture counted.
  static var drops: JSONValue {
    SchemaNode.closed(
      [
        "ecs": ecs, "event": event(.drops, "metric", types: ["info"]),
        "icwscan": own(
          .drops, ["drops": SchemaNode.reference("counts")], optional: ["member": SchemaNode.string]
        ),
      ], optional: ["@timestamp": SchemaNode.time, "log": log, "observer": observer])
  }

  /// What all flows amount to.
  static var summary: JSONValue {
    let kind = SchemaNode.closed(
      [
        "class": SchemaNode.one(of: VerdictClass.self), "application": SchemaNode.stringOrNull,
        "flows": SchemaNode.count, "packets": SchemaNode.count, "bytes": SchemaNode.count,
      ],
      optional: [
        "service_port": SchemaNode.port, "tool": SchemaNode.string, "spoofer": SchemaNode.boolean,
      ])
    let transport = SchemaNode.closed(
      [
        "transport": SchemaNode.one(of: Transport.self), "flows": SchemaNode.count,
        "packets": SchemaNode.count, "bytes": SchemaNode.count,
        "classes": classes,
        "kinds": SchemaNode.list(kind), "kinds_not_listed": SchemaNode.count,
      ],
      optional: [
        "copies": SchemaNode.count, "translated": SchemaNode.count,
        "left_out": SchemaNode.closed(["flows": SchemaNode.count, "packets": SchemaNode.count]),
      ])
    let summary = SchemaNode.closed(
      [
        "port": SchemaNode.port, "sentences": SchemaNode.list(SchemaNode.string),
        "transports": SchemaNode.list(transport), "counters": SchemaNode.reference("counts"),
      ],
      optional: [
        "files": SchemaNode.count, "other_files": SchemaNode.count,
        "empty_files": SchemaNode.count,
        "done_before": SchemaNode.count, "limit": SchemaNode.count,
        "host": SchemaNode.reference("host"),
        "groups_not_listed": SchemaNode.closed([
          "groups": SchemaNode.count, "flows": SchemaNode.count,
        ]),
      ])
    return SchemaNode.closed(
      [
        "ecs": ecs,
        "event": event(
          .summary, "metric", types: ["info"],
          optional: ["start": SchemaNode.time, "end": SchemaNode.time]),
        "icwscan": own(.summary, ["summary": summary]),
      ], optional: ["@timestamp": SchemaNode.time, "log": log, "observer": observer])
  }

  /// Something that went wrong.
  static var error: JSONValue {
    let error = SchemaNode.closed(
      ["kind": SchemaNode.one(of: ErrorRecord.Kind.self)],
      optional: [
        "source": SchemaNode.string, "offset": SchemaNode.integer, "size": SchemaNode.count,
        "detail": SchemaNode.string,
        "unpacked": SchemaNode.boolean,
        "left_out": SchemaNode.closed(["bytes": SchemaNode.count, "places": SchemaNode.count]),
      ])
    return SchemaNode.closed(
      [
        "ecs": ecs, "event": event(.error, "pipeline_error", types: ["error"]),
        "error": SchemaNode.closed(["message": SchemaNode.string]),
        "icwscan": own(.error, ["error": error], optional: ["member": SchemaNode.string]),
      ], optional: ["@timestamp": SchemaNode.time])
  }
}
