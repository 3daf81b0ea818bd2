import Sockets
import Verdicts

extension Schema {
  /// Definitions of what firewall rules say.
  static var firewalls: JSONObject {
    [
      "firewall_rule": rule, "publication": publication, "input_filter": inputFilter,
      "firewall": firewall, "namespace": namespace,
    ]
  }

  private static var rule: JSONValue {
    SchemaNode.closed(
      [
        "tool": SchemaNode.one(of: FirewallRule.Tool.self),
        "family": SchemaNode.one(of: FirewallRule.Family.self), "table": SchemaNode.string,
        "chain": SchemaNode.string, "text": SchemaNode.string,
      ], optional: ["number": SchemaNode.count])
  }

  private static var publication: JSONValue {
    SchemaNode.closed(
      [
        "kind": SchemaNode.one(of: PortPublication.Kind.self),
        "transport": SchemaNode.oneOf(["tcp", "udp"]),
        "rule": SchemaNode.reference("firewall_rule"),
        "hook": SchemaNode.one(of: PortPublication.Hook.self), "names_port": SchemaNode.boolean,
        "conditions": SchemaNode.list(SchemaNode.string),
        "before": SchemaNode.list(SchemaNode.reference("firewall_rule")),
      ],
      optional: [
        "address": SchemaNode.string, "port": SchemaNode.port,
        "container": SchemaNode.reference("container"),
      ])
  }

  private static var inputFilter: JSONValue {
    SchemaNode.closed(
      [
        "transport": SchemaNode.oneOf(["tcp", "udp"]),
        "family": SchemaNode.oneOf(["ipv4", "ipv6"]),
        "origin": SchemaNode.one(of: InputFilter.Origin.self),
        "state": SchemaNode.one(of: InputFilter.State.self),
        "before": SchemaNode.list(SchemaNode.reference("firewall_rule")),
      ],
      optional: [
        "destination": SchemaNode.string, "rule": SchemaNode.reference("firewall_rule"),
        "obstacle": SchemaNode.one(of: FirewallReading.State.self),
      ])
  }

  private static var firewall: JSONValue {
    SchemaNode.closed(
      [
        "tables": SchemaNode.one(of: FirewallReading.State.self),
        "legacy_tables": SchemaNode.one(of: FirewallReading.State.self),
        "publications": SchemaNode.list(SchemaNode.reference("publication")),
        "filters": SchemaNode.list(SchemaNode.reference("input_filter")),
      ],
      optional: [
        "namespace": SchemaNode.reference("namespace"),
        "refusals": SchemaNode.list(SchemaNode.reference("firewall_rule")),
      ])
  }

  private static var namespace: JSONValue {
    SchemaNode.closed(
      ["inode": SchemaNode.count, "own": SchemaNode.boolean],
      optional: [
        "name": SchemaNode.string, "member_pid": SchemaNode.integer,
        "container": SchemaNode.reference("container"),
      ])
  }
}
