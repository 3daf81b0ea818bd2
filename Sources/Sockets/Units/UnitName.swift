/// Names of units and their escapes (systemd.unit(5)).
enum UnitName {
  /// The text with `\xNN` as the byte that it stands for; a `-` alone stays.
  static func unescaped(_ name: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < name.count {
      if name.count - index >= 4, name[index] == UInt8(ascii: "\\"),
        name[index + 1] == UInt8(ascii: "x"),
        let byte = UInt8(
          String(decoding: name[(index + 2)..<(index + 4)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 4
      } else {
        result.append(name[index])
        index += 1
      }
    }
    return result
  }

  /// `web` and `@3699` of `web@3699.socket`: what stands before `@`, the instance (empty for a template, nil without
  /// `@`), and the kind behind the last point.
  static func parts(
    _ name: [UInt8]
  ) -> (prefix: [UInt8], instance: [UInt8]?, kind: [UInt8])? {
    guard let point = name.lastIndex(of: UInt8(ascii: ".")), point > 0 else { return nil }
    let kind = Array(name[(point + 1)...])
    let stem = name[..<point]
    guard let at = stem.firstIndex(of: UInt8(ascii: "@")) else { return (Array(stem), nil, kind) }
    return (Array(stem[..<at]), Array(stem[(at + 1)...]), kind)
  }
}
