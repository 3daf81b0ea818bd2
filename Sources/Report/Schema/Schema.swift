import Flows
import Packets
import Sockets
import Verdicts

/// The JSON Schema of all records; its lists of values come from the enumerations themselves.
public enum Schema {
  /// The schema as indented JSON.
  public static var text: String { json.pretty }

  /// The schema: each kind of record is a closed object, told apart by `icwscan.record`.
  public static var json: JSONValue {
    .object([
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Records of icwscan",
      "description":
        "One record a line. Fields outside `icwscan` are named by the Elastic Common Schema.",
      "type": "object",
      "oneOf": .array(RecordKind.allCases.map { SchemaNode.reference($0.rawValue) }),
      "$defs": .object(definitions),
    ])
  }

  private static var definitions: JSONObject {
    var definitions = shared.adding(owners).adding(firewalls)
    for kind in RecordKind.allCases { definitions[kind.rawValue] = record(kind) }
    return definitions
  }

  private static func record(_ kind: RecordKind) -> JSONValue {
    switch kind {
    case .flow: flow
    case .call: call
    case .socket: socket
    case .packet: packet
    case .drops: drops
    case .file: file
    case .group: group
    case .summary: summary
    case .error: error
    }
  }

  /// `icwscan` of a kind of record.
  static func own(_ kind: RecordKind, _ required: JSONObject, optional: JSONObject = JSONObject())
    -> JSONValue
  {
    var required = required
    required["record"] = SchemaNode.constant(.string(kind.rawValue))
    required["schema_version"] = SchemaNode.constant(ECS.schemaVersion)
    return SchemaNode.closed(required, optional: optional)
  }

  /// `event` of a kind of record.
  static func event(
    _ kind: RecordKind, _ names: String..., types: [String], required: JSONObject = JSONObject(),
    optional: JSONObject = JSONObject()
  ) -> JSONValue {
    var required = required
    required["kind"] = SchemaNode.oneOf(names)
    required["category"] = SchemaNode.constant(["network"])
    required["type"] = SchemaNode.list(SchemaNode.oneOf(types))
    required["dataset"] = SchemaNode.constant(.string("icwscan.\(kind.rawValue)"))
    return SchemaNode.closed(required, optional: optional)
  }

  /// `ecs`.
  static let ecs = SchemaNode.closed(["version": SchemaNode.constant(.string(ECS.version))])
  /// `log`.
  static let log = SchemaNode.closed(["file": SchemaNode.closed(["path": SchemaNode.string])])
  /// `observer`.
  static let observer = SchemaNode.closed([
    "ingress": SchemaNode.closed(["interface": SchemaNode.closed(["name": SchemaNode.string])])
  ])
}
