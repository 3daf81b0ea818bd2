import Packets
import Sockets

extension PortSurvey {
  /// What lies under `icwscan.summary.host`: what is known of the port beside its sockets.
  var json: JSONObject {
    [
      "source": .string(source.rawValue), "complete": .bool(isComplete),
      "sockets": .int(sockets.count), "unreadable_processes": .int(unreadableProcesses),
      "namespaces_not_entered": .int(namespacesNotEntered),
      "not_entered": notEntered.isEmpty ? nil : .array(notEntered.map { .object($0.json) }),
      "unserved": unserved.isEmpty
        ? nil
        : .array(
          unserved.compactMap { IPAddress(bytes: $0) }.map { .string($0.description) }),
      "namespaces_read_as_text": .int(namespacesReadAsText),
      "firewalls": .array(firewalls.map(\.json)),
      "units": .array(units.map { .object($0.json) }),
      "unit_conflicts": .array(
        unitConflicts.map { .array([.bytes($0.unit), .bytes($1.unit)]) }),
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
