import CLinux
import Glibc

/// A Landlock ruleset before it is in force; its descriptor is closed with the value.
struct LandlockRuleset: ~Copyable {
  private let descriptor: Int32
  private let version: Int

  /// A ruleset that denies what it handles. The corresponding system call is `landlock_create_ruleset`.
  init(version: Int, files: UInt64, network: UInt64, scopes: UInt64) throws(SystemFailure) {
    let descriptor = linux_landlock_create(Int32(clamping: version), files, network, scopes)
    guard descriptor >= 0 else { throw SystemFailure(number: errno) }
    self.descriptor = descriptor
    self.version = version
  }

  deinit { _ = close(descriptor) }

  /// Allows files to be made and written below a directory. The corresponding system call is `landlock_add_rule`.
  func allowWriting(below path: String) throws(SystemFailure) {
    let directory = unsafe open(path, LINUX_O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw SystemFailure(number: errno) }
    defer { _ = close(directory) }
    let rights = Landlock.writing(version: version)
    guard linux_landlock_allow_beneath(descriptor, directory, rights) == 0 else {
      throw SystemFailure(number: errno)
    }
  }

  /// Allows TCP connections to a port. The corresponding system call is `landlock_add_rule`.
  func allowConnections(to port: UInt16) throws(SystemFailure) {
    guard linux_landlock_allow_connect(descriptor, port) == 0 else {
      throw SystemFailure(number: errno)
    }
  }

  /// Puts the ruleset in force for the calling thread. The corresponding system call is
  /// `landlock_restrict_self`.
  consuming func restrict() throws(SystemFailure) {
    guard linux_landlock_restrict(descriptor) == 0 else { throw SystemFailure(number: errno) }
  }
}
