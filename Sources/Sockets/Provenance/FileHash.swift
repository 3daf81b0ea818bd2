import Digests

/// SHA-256 of files (FIPS 180-4).
enum FileHash {
  /// Programs that are larger are not hashed.
  private static let sizeLimit = 4 << 30

  /// The hash of what is at a path below a directory; nil when it can't be read or is too large.
  static func sha256(of path: String, in directory: borrowing Descriptor) -> [UInt8]? {
    guard let file = try? Descriptor(path, in: directory.number) else { return nil }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var total = 0
    while true {
      guard let count = try? file.read(into: &buffer) else { return nil }
      if count == 0 { return hash.finish() }
      total += count
      if total > sizeLimit { return nil }
      hash.update(buffer.span.extracting(first: count))
    }
  }
}
