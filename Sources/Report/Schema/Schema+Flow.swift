import CallWaiting
import Flows
import Identify
import Packets
import Sockets
import Verdicts

extension Schema {
  /// A flow, or ICMP errors about one that was not captured.
  static var flow: JSONValue {
    SchemaNode.closed(
      [
        "@timestamp": SchemaNode.time, "ecs": ecs,
        "event": event(
          .flow, "event", types: ["connection", "start", "end"],
          required: [
            "start": SchemaNode.time, "end": SchemaNode.time, "duration": SchemaNode.count,
          ],
          optional: ["action": SchemaNode.one(of: FlowRecord.Action.self)]),
        "source": SchemaNode.reference("end"), "destination": SchemaNode.reference("end"),
        "network": SchemaNode.reference("network"), "icwscan": ownFlow,
      ],
      optional: [
        "log": log, "observer": observer, "process": SchemaNode.reference("process"),
        "container": SchemaNode.closed(["id": SchemaNode.string]),
        "url": SchemaNode.closed(
          ["path": SchemaNode.string], optional: ["query": SchemaNode.string]),
        "http": SchemaNode.closed(
          JSONObject(),
          optional: [
            "request": SchemaNode.closed(["method": SchemaNode.string]),
            "response": SchemaNode.closed(["status_code": SchemaNode.count]),
          ]),
        "user_agent": SchemaNode.closed(["original": SchemaNode.string]),
        "dns": SchemaNode.closed(["question": SchemaNode.closed(["name": SchemaNode.string])]),
        "tls": SchemaNode.closed(
          JSONObject(),
          optional: [
            "client": SchemaNode.closed(["server_name": SchemaNode.string]),
            "version": SchemaNode.string,
            "cipher": SchemaNode.string,
            "next_protocol": SchemaNode.string,
            "server": SchemaNode.closed(
              JSONObject(),
              optional: [
                "subject": SchemaNode.string, "issuer": SchemaNode.string,
                "not_before": SchemaNode.string, "not_after": SchemaNode.string,
              ]),
          ]),
      ])
  }

  private static var ownFlow: JSONValue {
    var facts = JSONObject()
    for field in Field.allCases { facts[field.rawValue] = SchemaNode.string }
    let counters = SchemaNode.closed([
      "payload_bytes": SchemaNode.count, "cut": SchemaNode.count, "retransmitted": SchemaNode.count,
      "out_of_order": SchemaNode.count,
    ])
    return own(
      .flow,
      [
        "verdict": SchemaNode.reference("verdict"), "port_role": SchemaNode.one(of: PortRole.self),
        "flow_number": SchemaNode.count, "duplicates": SchemaNode.count,
        "icmp_errors": SchemaNode.count,
      ],
      optional: [
        "service_port": SchemaNode.port, "facts": SchemaNode.closed(JSONObject(), optional: facts),
        "fingerprint": fingerprint, "tcp_state": SchemaNode.one(of: TCPState.self),
        "end": SchemaNode.one(of: FlowEnd.self),
        "icmp": SchemaNode.reference("icmp"), "path": SchemaNode.reference("path"),
        "link_type": SchemaNode.oneOf(LinkType.allCases.map { LayerWords.of($0) }),
        "start_seen": SchemaNode.boolean, "client_ground": SchemaNode.one(of: ClientGround.self),
        "client_counters": counters, "server_counters": counters,
        "client_process": SchemaNode.reference("own_process"),
        "server_process": SchemaNode.reference("own_process"),
        "unplaced_process": SchemaNode.reference("own_process"),
        "missing_owner": SchemaNode.one(of: MissingOwner.self),
        "client_attribution": SchemaNode.one(of: FlowRecord.Attribution.self),
        "server_attribution": SchemaNode.one(of: FlowRecord.Attribution.self),
        "comments": SchemaNode.list(
          SchemaNode.closed(["packet": SchemaNode.count, "text": SchemaNode.string])),
        "comments_not_listed": SchemaNode.count,
        "translated": SchemaNode.closed([
          "client": SchemaNode.reference("end"), "server": SchemaNode.reference("end"),
        ]),
        "firewall": SchemaNode.closed([
          "state": SchemaNode.oneOf(["dropped", "rejected"]),
          "rule": SchemaNode.reference("firewall_rule"),
        ]),
        "interfaces": SchemaNode.list(SchemaNode.string), "member": SchemaNode.string,
        "files": SchemaNode.list(
          SchemaNode.closed(
            ["path": SchemaNode.string], optional: ["member": SchemaNode.string])),
        "files_not_listed": SchemaNode.count,
      ])
  }

  /// Payload that nobody could name.
  private static var fingerprint: JSONValue {
    let side = SchemaNode.closed([
      "hex": .object(["type": "string", "pattern": "^([0-9a-f]{2}){0,32}$"]),
      "text": SchemaNode.string, "begins_at_start": SchemaNode.boolean,
      "bytes_kept": SchemaNode.count, "bytes_total": SchemaNode.count,
      "printable_percent": SchemaNode.count, "entropy_bits": SchemaNode.number,
      "entropy_bits_most": SchemaNode.number,
    ])
    return SchemaNode.closed(
      [
        "text": SchemaNode.list(SchemaNode.string),
        "messages": SchemaNode.list(
          SchemaNode.closed(
            ["side": SchemaNode.one(of: Side.self), "length": SchemaNode.count],
            optional: ["gap_seconds": SchemaNode.number])),
      ],
      optional: [
        "client": side, "server": side,
        "keepalive": SchemaNode.closed([
          "side": SchemaNode.one(of: Side.self), "seconds": SchemaNode.number,
          "count": SchemaNode.count,
        ]),
      ])
  }

  /// A call.
  static var call: JSONValue {
    let call = SchemaNode.closed(
      [
        "protocol": SchemaNode.oneOf(Call.Carrier.known.map(\.rawValue)),
        "alerted": SchemaNode.time,
        "choice": SchemaNode.oneOf(Call.Choice.known.map(\.rawValue)),
        "outcome": SchemaNode.oneOf(Call.Outcome.known.map(\.rawValue)), "packet": SchemaNode.count,
      ],
      optional: [
        "calling": SchemaNode.string, "calling_name": SchemaNode.string,
        "called": SchemaNode.string,
        "forwarded_to": SchemaNode.string, "answer_seconds": .object(["type": ["number", "null"]]),
        "detection_point": SchemaNode.string, "cause": SchemaNode.string,
      ])
    return SchemaNode.closed(
      [
        "@timestamp": SchemaNode.time, "ecs": ecs, "event": event(.call, "event", types: ["info"]),
        "source": SchemaNode.reference("end"), "destination": SchemaNode.reference("end"),
        "network": SchemaNode.reference("network"),
        "icwscan": own(
          .call, ["call": call, "flow_number": SchemaNode.count],
          optional: ["member": SchemaNode.string]),
      ], optional: ["log": log, "observer": observer])
  }
}
