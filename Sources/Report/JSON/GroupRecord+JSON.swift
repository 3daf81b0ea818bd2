import Packets
import Verdicts

extension GroupRecord {
  /// The record as `icwscan.record` = `group`.
  public var json: JSONValue {
    var record = ECS.record(
      .group, at: last, digits: digits,
      event: [
        "kind": "metric", "category": ["network"], "type": ["info"],
        "start": .string(Times.rfc3339(first, digits: digits)),
        "end": .string(Times.rfc3339(last, digits: digits)),
      ])
    if let address {
      record[key == .client ? "source" : "destination"] = .object([
        "ip": .string(address.description), "port": port.map { .int(Int($0)) },
      ])
    }
    if let transport {
      record["network"] = .object(["transport": .string(transport.rawValue)])
    }
    var counts = JSONObject()
    for verdictClass in VerdictClass.allCases {
      counts[verdictClass.rawValue] = classes[verdictClass].map(JSONValue.int)
    }
    var own = ECS.own(.group)
    own["group"] = .object([
      "by": .string(key.rawValue), "name": .string(name), "flows": .int(flows),
      "packets": .int(packets), "bytes": .int(bytes), "classes": .object(counts),
      "applications": .array(applications.sorted().map(JSONValue.string)),
    ])
    record["icwscan"] = .object(own)
    return .object(record)
  }
}
