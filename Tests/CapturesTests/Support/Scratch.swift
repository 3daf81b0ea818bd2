import Glibc

/// A regular file of a test; it has a name only as long as the object lives.
final class Scratch {
  let path: String
  private let descriptor: Int32

  init(suffix: String = "") {
    var template = Array("\(Self.folder)/captures-XXXXXX\(suffix)".utf8CString)
    descriptor = unsafe mkstemps(&template, Int32(suffix.utf8.count))
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    path = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    _ = close(descriptor)
    _ = unsafe unlink(path)
  }

  /// Where tests may write.
  static var folder: String {
    guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
    return unsafe String(cString: value)
  }

  /// Makes these the file's bytes.
  func fill(_ bytes: [UInt8]) {
    _ = ftruncate(descriptor, 0)
    _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
  }

  /// Cuts the file.
  func cut(_ count: Int) { _ = ftruncate(descriptor, off_t(count)) }

  /// Another descriptor of it, at its start.
  func again() -> Int32 {
    _ = lseek(descriptor, 0, SEEK_SET)
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
  }

  /// All its bytes, as another wrote them under its name.
  var bytes: [UInt8] { Self.read(path) }

  /// All bytes of a file; none where it can't be read.
  static func read(_ path: String) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    defer { _ = close(file) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe Glibc.read(file, &part, part.count), count > 0 {
      all += part.prefix(count)
    }
    return all
  }
}
