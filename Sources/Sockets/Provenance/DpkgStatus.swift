/// The text of /var/lib/dpkg/status (deb-control(5)): paragraphs with an empty line between them.
enum DpkgStatus {
  /// The version of an installed package; nil when it is not there. The architecture matters only where given.
  static func version(of name: [UInt8], architecture: [UInt8]?, in text: [UInt8]) -> [UInt8]? {
    let heading = Array("Package: ".utf8) + name + [0x0A]
    var start = 0
    while let found = ByteSearch.find(heading, in: text, from: start) {
      start = found + heading.count
      guard found == 0 || text[found - 1] == 0x0A else { continue }
      let paragraph = paragraph(of: text, from: start)
      let isRight =
        architecture == nil
        || value(of: "Architecture: ", in: paragraph).map { Array($0) } == architecture
      if isRight, let version = value(of: "Version: ", in: paragraph) { return Array(version) }
    }
    return nil
  }

  /// What follows up to the next empty line.
  private static func paragraph(of text: [UInt8], from start: Int) -> ArraySlice<UInt8> {
    let end = ByteSearch.find([0x0A, 0x0A], in: text, from: start) ?? text.count
    return text[start..<max(start, end)]
  }

  private static func value(
    of name: String, in paragraph: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    for line in paragraph.split(separator: 0x0A) where line.starts(with: name.utf8) {
      return line.dropFirst(name.utf8.count)
    }
    return nil
  }
}
