import CLinux
import Glibc

/// The kernel's tracefs: where it is mounted, or a private mount of it that nobody else sees.
enum TraceFileSystem {
  private static let usual = "/sys/kernel/tracing"
  /// Where kernels before 4.1 had it. Asked last: merely looking there makes newer ones mount it for everybody.
  private static let old = "/sys/kernel/debug/tracing"

  /// Opens its root directory.
  static func open() throws(TraceObstacle) -> Descriptor {
    if let mounted = directory(usual) { return mounted }
    let mount = unsafe linux_mount("tracefs")
    let failure = errno
    if mount >= 0 { return Descriptor(owning: mount) }
    if let mounted = directory(old) { return mounted }
    throw TraceObstacle(SystemError(number: failure))
  }

  private static func directory(_ path: String) -> Descriptor? {
    guard let directory = try? Descriptor(path, flags: O_RDONLY | O_DIRECTORY),
      linux_is_tracefs(directory.number) == 1
    else { return nil }
    return directory
  }
}
