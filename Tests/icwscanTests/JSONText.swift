import FoundationEssentials

/// A JSON value as a reader of the records sees it.
enum JSONText: Decodable, Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONText])
  case object([String: JSONText])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // The most frequent first: each attempt that fails costs as much as several that do not.
    if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode([String: JSONText].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSONText].self) {
      self = .list(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if container.decodeNil() {
      self = .null
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  /// Reads one value.
  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONText.self, from: Data(text.utf8))
  }

  /// One record a line.
  static func records(_ text: String) throws -> [JSONText] {
    try text.split(separator: "\n").map { try JSONText(String($0)) }
  }

  /// The member at a path such as `icwscan.verdict.class`.
  subscript(_ path: String) -> JSONText? {
    path.split(separator: ".").reduce(Optional(self)) { value, name in
      guard case .object(let members)? = value else { return nil }
      return members[String(name)]
    }
  }

  /// The text of a string.
  var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The value of a whole number.
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The items of a list.
  var list: [JSONText] { if case .list(let items) = self { items } else { [] } }
  /// Kind of an icwscan record.
  var kind: String? { self["icwscan.record"]?.string }
}
