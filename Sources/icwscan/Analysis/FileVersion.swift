import Captures
import Glibc

/// What tells within one run that a path still leads to the very file that was read: another of the same size may have been
/// written in the same tick of the clock.
struct FileVersion: Hashable {
  private let identity: FileIdentity
  private let device: UInt64
  private let inode: UInt64

  /// The version of a regular file; nil for anything else.
  init?(_ path: String) {
    guard let status = WriteOptions.status(path, standard: STDIN_FILENO),
      let identity = FileIdentity(status)
    else { return nil }
    self.identity = identity
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
