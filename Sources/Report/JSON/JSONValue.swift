/// A JSON value (RFC 8259) on its way out.
public enum JSONValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  /// A number with a fraction; written as null when it is none.
  case number(Double)
  case string(String)
  /// Bytes that ought to be UTF-8; those that are not become the text `\xNN`.
  case bytes([UInt8])
  case array([JSONValue])
  case object(JSONObject)

  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// An integer of the usual width.
  static func int(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  /// The value on one line, keys sorted, with the line's end: a record of NDJSON.
  public var line: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes + [10]
  }

  /// The value on indented lines, keys sorted, for people; ends with a line feed.
  public var pretty: String {
    var writer = JSONWriter(indentation: 2)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }
}
