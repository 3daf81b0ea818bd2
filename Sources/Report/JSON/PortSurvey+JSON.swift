import Packets
import Sockets

extension PortSurvey {
  /// What lies under `icwscan.summary.host`: what is known of the port beside its sockets.
  var json: JSONObject {
    [
      "source": .string(source.rawValue), "complete": .bool(isComplete),
      "sockets": .int(sockets.count), "unreadable_processes": .int(unreadableProcesses),
      "namespaces_not_entered": .int(namespacesNotEntered),
      "units": .array(units.map { .object($0.json) }),
      "unit_conflicts": .array(
        unitConflicts.map { .array([.bytes($0.unit), .bytes($1.unit)]) }),
      "firewall": .object(firewall.json),
    ]
  }
}

extension UnitClaim {
  /// A socket unit that names the port.
  var json: JSONObject {
    [
      "unit": .bytes(unit), "path": .bytes(path), "transport": .string(transport.rawValue),
      "address": IPAddress(bytes: address).map { .string($0.description) },
      "service": .bytes(service), "accepts_each": .bool(acceptsEach), "enabled": .bool(isEnabled),
      "user_unit": .bool(isUserUnit),
    ]
  }
}

extension FirewallFindings {
  /// What the packet filter does with the port.
  var json: JSONObject {
    [
      "reading": .string(reading.rawValue),
      "translations": .array(
        translations.map {
          .object([
            "transport": .string($0.transport.rawValue), "rule": .bytes($0.rule),
            "address": IPAddress(bytes: $0.address).map { .string($0.description) },
            "port": $0.port.map { .int(Int($0)) },
            "container": $0.container.map { .object($0.json) },
          ])
        }),
      "refusals": .array(
        refusals.map {
          .object([
            "transport": .string($0.transport.rawValue), "rule": .bytes($0.rule),
            "told": .bool($0.isTold),
          ])
        }),
      "not_evaluated": .int(notEvaluated),
    ]
  }
}
