import Glibc

/// Where the kernel's process file system is mounted.
public struct ProcRoot: Hashable, Sendable {
  /// Path of the mount.
  public var path: String

  /// The file system at `path`.
  public init(_ path: String = "/proc") {
    self.path = path
  }

  /// The directory itself, for paths relative to it.
  func open() throws(SystemError) -> Descriptor {
    try Descriptor(path, flags: O_RDONLY | O_DIRECTORY)
  }

  /// The bytes of a file below it, up to `limit`; nil when it can't be read.
  func contents(of file: String, limit: Int = 65_536) -> [UInt8]? {
    guard let directory = try? open() else { return nil }
    return try? directory.contents(of: file, limit: limit)
  }

  /// Where a link below it points; nil when it can't be read.
  func link(_ path: String) -> [UInt8]? {
    guard let directory = try? open() else { return nil }
    return try? directory.link(path)
  }
}
