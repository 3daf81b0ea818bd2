extension ErrorRecord {
  /// The record as `icwscan.record` = `error`.
  public var json: JSONValue {
    var record = ECS.record(
      .error, at: time, digits: 3,
      event: ["kind": "pipeline_error", "category": ["network"], "type": ["error"]])
    record["error"] = .object(["message": .string(Words.line(self))])
    var own = ECS.own(.error)
    own["error"] = .object([
      "kind": .string(kind.rawValue), "source": source.map(JSONValue.bytes),
      "offset": offset.map(JSONValue.integer), "size": size.map(JSONValue.integer),
      "detail": message.map(JSONValue.string), "unpacked": isUnpacked ? true : nil,
      "left_out": leftOut.map {
        .object(["bytes": .integer($0.bytes), "places": .integer(Int64($0.places))])
      },
    ])
    own["member"] = member.map(JSONValue.bytes)
    record["icwscan"] = .object(own)
    return .object(record)
  }
}
