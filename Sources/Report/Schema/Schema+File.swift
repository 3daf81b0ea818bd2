extension Schema {
  /// A capture file that was read.
  static var file: JSONValue {
    SchemaNode.closed(
      [
        "ecs": ecs, "event": event(.file, "metric", types: ["info"]), "log": log,
        "icwscan": own(
          .file,
          [
            "file": SchemaNode.closed(
              ["digits": SchemaNode.count, "counters": SchemaNode.reference("counts")],
              optional: ["first_nanoseconds": SchemaNode.integer])
          ], optional: ["member": SchemaNode.string]),
      ], optional: ["@timestamp": SchemaNode.time])
  }
}
