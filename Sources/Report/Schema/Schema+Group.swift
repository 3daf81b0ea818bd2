import Packets
import Verdicts

extension Schema {
  /// Flows by class, each class that occurred.
  static var classes: JSONValue {
    var classes = JSONObject()
    for verdictClass in VerdictClass.allCases { classes[verdictClass.rawValue] = SchemaNode.count }
    return SchemaNode.closed(JSONObject(), optional: classes)
  }

  /// Flows that have something in common.
  static var group: JSONValue {
    let end = SchemaNode.closed(["ip": SchemaNode.string], optional: ["port": SchemaNode.port])
    let group = SchemaNode.closed([
      "by": SchemaNode.one(of: Grouping.Key.self), "name": SchemaNode.string,
      "flows": SchemaNode.count, "packets": SchemaNode.count, "bytes": SchemaNode.count,
      "classes": classes, "applications": SchemaNode.list(SchemaNode.string),
    ])
    return SchemaNode.closed(
      [
        "@timestamp": SchemaNode.time, "ecs": ecs,
        "event": event(
          .group, "metric", types: ["info"],
          required: ["start": SchemaNode.time, "end": SchemaNode.time]),
        "icwscan": own(.group, ["group": group]),
      ],
      optional: [
        "source": end, "destination": end,
        "network": SchemaNode.closed(["transport": SchemaNode.one(of: Transport.self)]),
      ])
  }
}
