import CLinux
import Glibc

/// The kernel's file, TCP and signal sandbox for unprivileged processes, landlock(7).
public enum Landlock {
  /// The newest interface that the kernel offers, from 1; nil when it offers none.
  public static var version: Int? {
    let version = linux_landlock_version()
    return version > 0 ? Int(version) : nil
  }

  /// Why there is none: absent, or switched off at boot; anything else is a refusal, as of a container's own filter.
  static var absence: ConfinementReport.Outcome {
    _ = linux_landlock_version()
    let failure = errno
    return failure == ENOSYS || failure == EOPNOTSUPP ? .notInKernel : .refused(failure)
  }

  /// Everything that can be done with files, as far as an interface version knows it.
  static func everything(version: Int) -> UInt64 {
    changes(version: version) | 1 << 2 | 1 << 3
  }

  /// Everything that changes files or runs them, as far as an interface version knows it.
  static func changes(version: Int) -> UInt64 {
    // Execute, write, remove and make: all bits of the first version but READ_FILE and READ_DIR.
    var rights: UInt64 = 0x1fff & ~(1 << 2 | 1 << 3)
    if version >= 2 { rights |= 1 << 13 }
    if version >= 3 { rights |= writeExtras }
    if version >= 5 { rights |= 1 << 15 }
    return rights
  }

  /// What writing files in a directory needs: WRITE_FILE, MAKE_REG and, from version 3, TRUNCATE.
  static func writing(version: Int) -> UInt64 {
    1 << 1 | 1 << 8 | (version >= 3 ? writeExtras : 0)
  }

  private static let writeExtras: UInt64 = 1 << 14
}
