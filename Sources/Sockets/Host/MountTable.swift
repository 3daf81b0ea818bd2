/// The text of /proc/PID/mountinfo (proc_pid_mountinfo(5)).
struct MountTable: Hashable {
  /// One mount.
  struct Mount: Hashable {
    /// What of the file system is mounted; for a namespace `net:[4026532177]`.
    var root: [UInt8]
    /// Where.
    var point: [UInt8]
    /// The file system's type.
    var type: [UInt8]
  }

  private static let mountLimit = 65_536

  private(set) var mounts: [Mount] = []

  init(_ text: [UInt8]) {
    for line in text.split(separator: 0x0A).prefix(Self.mountLimit) {
      let fields = line.split(separator: 0x20)
      guard let dash = fields.firstIndex(where: { $0.elementsEqual("-".utf8) }), dash >= 6,
        fields.count > dash + 1
      else { continue }
      mounts.append(
        Mount(
          root: Self.unescaped(fields[3]), point: Self.unescaped(fields[4]),
          type: Array(fields[dash + 1])))
    }
  }

  /// The first mount of a file system.
  func first(ofType type: String) -> Mount? {
    mounts.first { $0.type.elementsEqual(type.utf8) && $0.root.elementsEqual("/".utf8) }
  }

  /// Blanks and backslashes are three octal digits behind a backslash.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    guard field.contains(UInt8(ascii: "\\")) else { return Array(field) }
    var result: [UInt8] = []
    var rest = field
    while let byte = rest.first {
      let digits = rest.dropFirst().prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        result.append(value)
        rest = rest.dropFirst(4)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
