/// The text of /var/lib/dpkg/status (deb-control(5)): paragraphs with an empty line between them.
enum DpkgStatus {
  private static let sizeLimit = 64 << 20
  private static let blockLength = 1 << 16
  /// A paragraph has a few kilobytes.
  private static let paragraphLimit = 1 << 20

  /// The same of an open file, block by block: it has a megabyte and more, of which one paragraph matters.
  static func version(
    of name: [UInt8], architecture: [UInt8]?, in file: borrowing Descriptor
  ) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: blockLength)
    var text: [UInt8] = []
    var total = 0
    while total < sizeLimit, text.count < paragraphLimit,
      let count = try? file.read(into: &block), count > 0
    {
      total += count
      let known = text.count
      text += block[..<count]
      guard let end = lastEmptyLine(of: text, from: known) else { continue }
      let rest = Array(text[end...])
      text.removeLast(text.count - end)
      if let version = version(of: name, architecture: architecture, in: text) { return version }
      text = rest
    }
    return version(of: name, architecture: architecture, in: text)
  }

  /// Behind the last empty line that ends at or behind `start`; nil where there is none.
  private static func lastEmptyLine(of text: [UInt8], from start: Int) -> Int? {
    for index in stride(from: text.count - 1, through: max(1, start), by: -1)
    where text[index] == 0x0A && text[index - 1] == 0x0A {
      return index + 1
    }
    return nil
  }

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
      start = paragraph.endIndex
    }
    return nil
  }

  /// What follows up to the next empty line.
  private static func paragraph(of text: [UInt8], from start: Int) -> ArraySlice<UInt8> {
    // The line feed in front may be the first of the two.
    let end = ByteSearch.find([0x0A, 0x0A], in: text, from: start - 1) ?? text.count
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
