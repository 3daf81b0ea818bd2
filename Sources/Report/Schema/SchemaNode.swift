/// Pieces of a JSON Schema (draft 2020-12): each makes the schema of one value.
enum SchemaNode {
  static let string: JSONValue = .object(["type": "string"])
  static let boolean: JSONValue = .object(["type": "boolean"])
  static let integer: JSONValue = .object(["type": "integer"])
  static let number: JSONValue = .object(["type": "number"])
  static let count: JSONValue = .object(["type": "integer", "minimum": 0])
  static let port: JSONValue = .object(["type": "integer", "minimum": 0, "maximum": 65535])
  static let stringOrNull: JSONValue = .object(["type": ["string", "null"]])
  static let time: JSONValue = .object([
    "type": "string",
    "pattern": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$",
  ])

  /// One value out of a closed list.
  static func oneOf(_ values: [String]) -> JSONValue {
    .object(["type": "string", "enum": .array(values.map(JSONValue.string))])
  }

  /// A value of an enumeration, all of whose cases are in the schema by construction.
  static func one<Value: CaseIterable & RawRepresentable>(of _: Value.Type) -> JSONValue
  where Value.RawValue == String {
    oneOf(Value.allCases.map(\.rawValue))
  }

  /// Exactly this value.
  static func constant(_ value: JSONValue) -> JSONValue { .object(["const": value]) }

  /// A list of such values.
  static func list(_ element: JSONValue) -> JSONValue {
    .object(["type": "array", "items": element])
  }

  /// Something that is described once and meant in several places.
  static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("#/$defs/\(name)")])
  }

  /// A closed object: these members, of which `optional` may be absent, and no others.
  static func closed(_ required: JSONObject, optional: JSONObject = JSONObject()) -> JSONValue {
    var properties = required
    for member in optional.members { properties[member.key] = member.value }
    return .object([
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "required": required.isEmpty
        ? nil : .array(required.members.map(\.key).sorted().map(JSONValue.string)),
    ])
  }
}
