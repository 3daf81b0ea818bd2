/// Writes JSON in ASCII where a terminal could be harmed: controls, bidi marks and everything invisible are `\uNNNN`.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let indentation: Int?
  private var depth = 0

  /// A writer of one line, or of lines indented by so many spaces a level.
  init(indentation: Int? = nil) {
    self.indentation = indentation
    bytes.reserveCapacity(2048)
  }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .integer(let value): put(String(value))
    case .unsigned(let value): put(String(value))
    case .number(let value): put(value.isFinite ? value.description : "null")
    case .string(let value): string(value)
    case .bytes(let value): string(value)
    case .array(let values):
      list("[", "]", values.count) { writer, index in writer.write(values[index]) }
    case .object(let object):
      // Names are constants of this program or numbers, so the order of their bytes is the order of their text.
      let members = object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      list("{", "}", members.count) { writer, index in
        writer.string(members[index].key)
        writer.put(writer.indentation == nil ? ":" : ": ")
        writer.write(members[index].value)
      }
    }
  }

  private mutating func list(
    _ open: String, _ close: String, _ count: Int, _ element: (inout JSONWriter, Int) -> Void
  ) {
    put(open)
    depth += 1
    for index in 0..<count {
      if index > 0 { put(",") }
      newLine()
      element(&self, index)
    }
    depth -= 1
    if count > 0 { newLine() }
    put(close)
  }

  private mutating func newLine() {
    guard let indentation else { return }
    bytes.append(10)
    bytes += Array(repeating: UInt8(ascii: " "), count: indentation * depth)
  }

  private mutating func string(_ value: String) {
    put("\"")
    if value.utf8.allSatisfy(Self.isPlain) {
      put(value)
    } else {
      for scalar in value.unicodeScalars { scalarText(scalar) }
    }
    put("\"")
  }

  private mutating func string(_ value: [UInt8]) {
    put("\"")
    if value.allSatisfy(Self.isPlain) {
      bytes += value
    } else {
      var text = JSONWriter()
      Escaped.scan(value) { scalar in
        text.scalarText(scalar)
      } invalid: { byte in
        text.put("\\" + Escaped.hexadecimal(byte))
      }
      bytes += text.bytes
    }
    put("\"")
  }

  private mutating func scalarText(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": put("\\\"")
    case "\\": put("\\\\")
    case "\n": put("\\n")
    case "\r": put("\\r")
    case "\t": put("\\t")
    case _ where Escaped.isHidden(scalar):
      for unit in String(Character(scalar)).utf16 {
        let digits = String(unit, radix: 16)
        put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      }
    default: bytes += Array(String(Character(scalar)).utf8)
    }
  }

  private mutating func put(_ text: String) { bytes += text.utf8 }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
