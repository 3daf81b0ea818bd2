/// The text of a unit file (systemd.syntax(7)): sections of `Name=value`; a later file adds to an earlier one.
struct UnitFile: Hashable {
  /// A setting in the order of the file.
  struct Setting: Hashable {
    var section: [UInt8]
    var name: String
    var value: [UInt8]
  }

  /// Settings kept; a bound against exhaustion.
  private static let settingLimit = 4_096

  private(set) var settings: [Setting] = []

  /// Adds the settings of a text. A backslash at a line's end joins the next line with a blank between.
  mutating func add(_ text: [UInt8]) {
    var section: [UInt8] = []
    var pending: [UInt8] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let trimmed = Self.trimmed(line)
      let isComment = trimmed.first == UInt8(ascii: "#") || trimmed.first == UInt8(ascii: ";")
      // A comment inside a joined line is left out, and does not end it.
      if isComment { continue }
      let joined = pending + trimmed
      if joined.last == UInt8(ascii: "\\") {
        pending = joined.dropLast() + [0x20]
        continue
      }
      pending = []
      if joined.first == UInt8(ascii: "["), joined.last == UInt8(ascii: "]") {
        section = Array(joined.dropFirst().dropLast())
      } else if let equals = joined.firstIndex(of: UInt8(ascii: "=")),
        settings.count < Self.settingLimit
      {
        let name = String(decoding: Self.trimmed(joined[..<equals]), as: UTF8.self)
        let value = Array(Self.trimmed(joined[(equals + 1)...]))
        settings.append(Setting(section: section, name: name, value: value))
      }
    }
  }

  /// The last value of a setting; nil when it is unset or empty.
  func value(of name: String, in section: String) -> [UInt8]? {
    let last = settings.last { $0.name == name && $0.section.elementsEqual(section.utf8) }
    return last.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// The values of the `Listen...=` settings; an empty one of any of them clears them all (systemd.socket(5)).
  var listens: [(name: String, value: [UInt8])] {
    var listens: [(name: String, value: [UInt8])] = []
    for setting in settings
    where setting.section.elementsEqual("Socket".utf8) && setting.name.hasPrefix("Listen") {
      if setting.value.isEmpty {
        listens.removeAll()
      } else {
        listens.append((setting.name, setting.value))
      }
    }
    return listens
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
    return rest
  }
}
