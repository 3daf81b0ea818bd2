import Captures
import Glibc

/// What tells that a file is still the one that was read.
struct FileIdentity: Hashable {
  /// Its size in bytes.
  let size: Int64
  /// When it was changed last, in nanoseconds since 1970.
  let modified: Int64

  /// The identity of a regular file; nil for anything else.
  init?(_ path: String) {
    guard let status = WriteOptions.status(path, standard: STDIN_FILENO) else { return nil }
    self.init(status)
  }

  /// The identity of a regular file; nil for anything else.
  init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }
}
