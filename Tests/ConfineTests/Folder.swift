import Glibc

/// A folder for one run, taken away with everything in it when the value ends.
struct Folder: ~Copyable {
  private let outer: String

  /// The folder where the probe tries to write.
  var inner: String { "\(outer)/inner" }
  /// A file beside it that only its owner may read.
  var secret: String { "\(outer)/secret" }

  init?() {
    guard let made = Self.make() else { return nil }
    outer = made
  }

  private static func make() -> String? {
    let place = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? P_tmpdir
    var template = Array("\(place)/icwscan-confine-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { return nil }
    let outer = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let inner = "\(outer)/inner"
    guard unsafe chmod(outer, 0o755) == 0, unsafe mkdir(inner, 0o755) == 0 else { return nil }
    for path in ["\(inner)/victim", "\(outer)/secret"] {
      let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return nil }
      close(descriptor)
    }
    return outer
  }

  /// Lets another user write in the inner folder; the secret stays the owner's.
  func give(to user: UInt32) {
    _ = unsafe chown(inner, user, user)
    _ = unsafe chown("\(inner)/victim", user, user)
    _ = unsafe chmod(outer, 0o777)
  }

  deinit {
    let outer = outer
    for name in ["before", "made", "victim", "renamed", "link"] {
      unsafe unlink("\(outer)/inner/\(name)")
    }
    unsafe rmdir("\(outer)/inner/folder")
    unsafe rmdir("\(outer)/inner/empty")
    unsafe rmdir("\(outer)/inner")
    unsafe unlink("\(outer)/secret")
    unsafe unlink("\(outer)/elsewhere")
    unsafe rmdir(outer)
  }
}
