/// The text of /lib/apk/db/installed (Alpine's package manager, version 2 of the format): lines of a letter, a colon and
/// a value; `P:` package, `V:` version, `F:` folder without the leading slash, `R:` file in that folder.
enum ApkDatabase {
  /// The package of a file.
  static func package(of path: [UInt8], in text: Span<UInt8>) -> PackageAnswer {
    let slash = UInt8(ascii: "/")
    guard path.first == slash, let last = path.lastIndex(of: slash) else { return .unowned(.apk) }
    let folder = last == 0 ? [] : Array(path[1..<last])
    let file = Array(path[(last + 1)...])
    var package: [UInt8] = []
    var version: [UInt8]?
    var isInFolder = false
    var start = 0
    for index in 0...text.count where index == text.count || text[index] == 0x0A {
      defer { start = index + 1 }
      guard index - start >= 2, text[start + 1] == UInt8(ascii: ":") else {
        if index == start { (package, version, isInFolder) = ([], nil, false) }
        continue
      }
      let value = text.extracting((start + 2)..<index)
      switch text[start] {
      case UInt8(ascii: "P"): package = bytes(value)
      case UInt8(ascii: "V"): version = bytes(value)
      case UInt8(ascii: "F"): isInFolder = isEqual(value, folder)
      case UInt8(ascii: "R") where isInFolder && isEqual(value, file) && !package.isEmpty:
        return .package(.apk, name: package, version: version)
      default: break
      }
    }
    return .unowned(.apk)
  }

  private static func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

  private static func isEqual(_ span: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
    span.count == bytes.count && span.indices.allSatisfy { span[$0] == bytes[$0] }
  }
}
