import Glibc

/// When a written capture goes on in another file, and what that is called: `-C`, `-G` and `-W` as tcpdump means them.
public struct Rotation: Hashable, Sendable {
  /// Bytes behind which a file is full (`-C`); nil for none.
  public var size: UInt64?
  /// Seconds of a file (`-G`); nil for none.
  public var seconds: Int?
  /// How many files (`-W`); nil for no limit.
  public var count: Int?

  /// A rotation by these rules; with neither a size nor a time there is one file.
  public init(size: UInt64? = nil, seconds: Int? = nil, count: Int? = nil) {
    self.size = size
    self.seconds = seconds
    self.count = count
  }

  /// Whether there is more than one file.
  public var isNone: Bool { size == nil && seconds == nil }

  /// Digits of the number behind a name: as many as the highest needs, where the files are counted.
  var digits: Int {
    guard let count, count > 1 else { return 0 }
    return String(count - 1).count
  }

  /// The name of a file: the letters of strftime(3) are filled in where files change with the time, and the number of
  /// the file stands behind it, except the first where they are not counted.
  ///
  /// - Returns: nil when the time makes a name that is none.
  func name(of pattern: [UInt8], at time: time_t, number: Int) -> [UInt8]? {
    guard var name = seconds == nil ? pattern : Self.filled(pattern, at: time) else { return nil }
    if number > 0 || size != nil && digits > 0 {
      let text = String(number)
      name += Array(repeating: UInt8(ascii: "0"), count: max(0, digits - text.utf8.count))
      name += Array(text.utf8)
    }
    let isPath = name.contains(UInt8(ascii: "/")) || name.contains(0)
    return isPath || name.isEmpty || name == Array(".".utf8) || name == Array("..".utf8)
      ? nil : name
  }

  /// The pattern with this host's local time. The corresponding C function is `strftime`.
  private static func filled(_ pattern: [UInt8], at time: time_t) -> [UInt8]? {
    var time = time
    var parts = unsafe tm()
    guard unsafe localtime_r(&time, &parts) != nil else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(NAME_MAX) + 1)
    let format = pattern.map { CChar(bitPattern: $0) } + [0]
    let count = unsafe strftime(&buffer, buffer.count, format, &parts)
    return count > 0 ? buffer[..<count].map { UInt8(bitPattern: $0) } : nil
  }
}
