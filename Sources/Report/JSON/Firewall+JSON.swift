import Packets
import Sockets

extension FirewallRule {
  /// A rule.
  var json: JSONValue {
    .object([
      "tool": .string(tool.rawValue), "family": .string(family.rawValue), "table": .bytes(table),
      "chain": .bytes(chain), "number": number.map(JSONValue.unsigned), "text": .bytes(text),
    ])
  }
}

extension PortPublication {
  /// A rule that sends the port's packets on.
  var json: JSONValue {
    .object([
      "kind": .string(kind.rawValue), "transport": .string(transport.rawValue),
      "address": address.flatMap { IPAddress(bytes: $0) }.map { .string($0.description) },
      "port": port.map { .int(Int($0)) }, "rule": rule.json, "hook": .string(hook.rawValue),
      "names_port": .bool(namesPort), "conditions": .array(conditions.map(JSONValue.bytes)),
      "before": .array(before.map(\.json)), "container": container.map { .object($0.json) },
    ])
  }
}

extension InputFilter {
  /// What the input hook does.
  var json: JSONValue {
    .object([
      "transport": .string(transport.rawValue), "family": isIPv6 ? "ipv6" : "ipv4",
      "origin": .string(origin.rawValue),
      "destination": destination.flatMap { IPAddress(bytes: $0) }.map { .string($0.description) },
      "state": .string(state.rawValue), "rule": rule?.json, "before": .array(before.map(\.json)),
      "obstacle": obstacle.map { .string($0.rawValue) },
    ])
  }
}

extension FirewallReading {
  /// One item under `icwscan.summary.host.firewalls`.
  var json: JSONValue {
    .object([
      "namespace": namespace.map { .object($0.json) }, "tables": .string(tables.rawValue),
      "legacy_tables": .string(legacyTables.rawValue),
      "publications": .array(publications.map(\.json)), "filters": .array(filters.map(\.json)),
      "refusals": refusals.isEmpty ? nil : .array(refusals.map(\.json)),
    ])
  }
}

extension NetworkNamespace {
  /// A network namespace.
  var json: JSONObject {
    [
      "inode": .unsigned(inode), "name": name.map(JSONValue.bytes), "own": .bool(isOwn),
      "member_pid": memberPID.map { .int(Int($0)) },
      "container": container.map { .object($0.json) },
    ]
  }
}
