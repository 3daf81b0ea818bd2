import Flows
import Identify
import Packets
import Sockets
import Verdicts

extension Schema {
  /// Definitions that several kinds of records use.
  static var shared: JSONObject {
    [
      "end": SchemaNode.closed(
        ["ip": SchemaNode.string, "port": SchemaNode.port],
        optional: [
          "packets": SchemaNode.count, "bytes": SchemaNode.count, "domain": SchemaNode.string,
        ]),
      "network": SchemaNode.closed(
        [
          "transport": SchemaNode.one(of: Transport.self),
          "type": SchemaNode.oneOf(["ipv4", "ipv6"]),
          "community_id": .object(["type": "string", "pattern": "^1:[A-Za-z0-9+/]{27}=$"]),
        ],
        optional: [
          "protocol": SchemaNode.string, "packets": SchemaNode.count, "bytes": SchemaNode.count,
          "vlan": vlan, "inner": SchemaNode.closed(["vlan": vlan]),
        ]),
      "process": SchemaNode.closed(processRequired, optional: processOptional),
      "own_process": SchemaNode.closed(
        processRequired,
        optional: processOptional.adding([
          "executable_deleted": SchemaNode.boolean, "or_child": SchemaNode.boolean,
          "unit": SchemaNode.string,
          "container_id": SchemaNode.string,
        ])),
      "verdict": verdict, "icmp": icmp, "counts": counts,
      "path": SchemaNode.list(SchemaNode.string),
    ]
  }

  private static let vlan = SchemaNode.closed(["id": SchemaNode.string])

  private static var processRequired: JSONObject {
    [
      "pid": SchemaNode.integer, "name": SchemaNode.string,
    ]
  }

  private static var processOptional: JSONObject {
    [
      "executable": SchemaNode.string, "command_line": SchemaNode.string,
      "args": SchemaNode.list(SchemaNode.string), "start": SchemaNode.time,
      "working_directory": SchemaNode.string,
      "user": SchemaNode.closed(["id": SchemaNode.string], optional: ["name": SchemaNode.string]),
      "parent": SchemaNode.closed(["pid": SchemaNode.integer]),
      "hash": SchemaNode.closed([
        "sha256": .object(["type": "string", "pattern": "^[0-9a-f]{64}$"])
      ]),
    ]
  }

  private static var verdict: JSONValue {
    SchemaNode.closed(
      [
        "class": SchemaNode.one(of: VerdictClass.self), "application": SchemaNode.stringOrNull,
        "evidence": SchemaNode.list(evidence),
        "missing": SchemaNode.list(SchemaNode.one(of: Missing.self)),
      ],
      optional: [
        "points": SchemaNode.integer, "runners_up": SchemaNode.list(SchemaNode.string),
        "tool": SchemaNode.string, "strength": SchemaNode.oneOf(Recognition.Strength.names),
        "grounds": SchemaNode.list(
          SchemaNode.closed([
            "side": SchemaNode.one(of: Side.self), "offset": SchemaNode.count,
            "length": SchemaNode.count,
            "what": SchemaNode.string,
          ])),
      ])
  }

  private static var evidence: JSONValue {
    SchemaNode.closed(
      [
        "item": SchemaNode.one(of: EvidenceItem.self),
        "weight": SchemaNode.oneOf(Evidence.Weight.known.map(\.rawValue)),
      ],
      optional: [
        "points": SchemaNode.integer, "detail": SchemaNode.string, "packet": SchemaNode.count,
        "side": SchemaNode.one(of: Side.self), "offset": SchemaNode.count,
        "length": SchemaNode.count,
      ])
  }

  private static var icmp: JSONValue {
    SchemaNode.closed([
      "reporter": SchemaNode.string, "type": SchemaNode.count, "code": SchemaNode.count,
      "family": SchemaNode.oneOf(["ipv4", "ipv6"]),
    ])
  }

  private static var counts: JSONValue {
    SchemaNode.closed(
      [
        "received": SchemaNode.count, "on_port": SchemaNode.count, "evicted": SchemaNode.count,
        "unread": SchemaNode.list(
          SchemaNode.closed([
            "layer": SchemaNode.one(of: Malformed.Layer.self),
            "reason": SchemaNode.one(of: Malformed.Reason.self), "count": SchemaNode.count,
          ])),
      ],
      optional: [
        "first_frame": SchemaNode.time, "last_frame": SchemaNode.time,
        "dropped": SchemaNode.count, "interface_dropped": SchemaNode.count,
        "checksums_offloaded": SchemaNode.count, "checksums_wrong": SchemaNode.count,
        "untold": SchemaNode.count,
      ])
  }
}

extension JSONObject {
  /// These members and others.
  func adding(_ others: JSONObject) -> JSONObject {
    var object = self
    for member in others.members { object[member.key] = member.value }
    return object
  }
}
