/// /proc/PID/status: lines of a name, a colon, a tab and values.
enum StatusText {
  /// The decimal numbers of the line that begins with `name`; empty when there is none. The kernel escapes line
  /// feeds in the process's own name, so no process can forge a line.
  static func numbers(after name: String, in text: [UInt8]) -> [UInt64] {
    value(after: name, in: text).split { $0 == 0x09 || $0 == 0x20 }.compactMap { Decimal.parse($0) }
  }

  /// What stands behind `name` on its line, blanks included.
  static func value(after name: String, in text: [UInt8]) -> ArraySlice<UInt8> {
    var rest = text[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A }
      if line.starts(with: name.utf8) { return line.dropFirst(name.utf8.count) }
      rest = rest[line.endIndex...].dropFirst()
    }
    return []
  }
}
