import Packets

extension FileRecord {
  /// The record as `icwscan.record` = `file`.
  public var json: JSONValue {
    var record = ECS.record(
      .file, at: first, digits: origin.digits,
      event: ["kind": "metric", "category": ["network"], "type": ["info"]])
    ECS.place(origin, in: &record)
    var own = ECS.own(.file)
    own["member"] = origin.member.map(JSONValue.bytes)
    own["file"] = .object([
      "first_nanoseconds": first.map { .integer($0.nanoseconds) }, "digits": .int(origin.digits),
      "counters": .object(counters.counts),
    ])
    record["icwscan"] = .object(own)
    return .object(record)
  }
}
