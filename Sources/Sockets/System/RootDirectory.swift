import CLinux
import Glibc

/// A directory that stands for `/`: a process's own root, for reading the files of a container. No symbolic link in it
/// leads out.
struct RootDirectory: ~Copyable {
  private let directory: Descriptor

  /// The root of the process whose directory is given; nil when it can't be read.
  init?(of process: borrowing Descriptor) {
    guard
      let root = try? Descriptor(
        "root", in: process.number, flags: LINUX_O_PATH | O_DIRECTORY)
    else { return nil }
    directory = root
  }

  /// The directory at a path.
  init?(_ path: String) {
    guard let root = try? Descriptor(path, flags: LINUX_O_PATH | O_DIRECTORY) else { return nil }
    directory = root
  }

  /// Opens a file or directory. Devices, pipes and sockets are refused before they are opened: opening one could wait
  /// or act.
  func open(_ path: [UInt8], flags: Int32 = O_RDONLY) -> Descriptor? {
    guard let place = find(path), let kind = try? place.status().st_mode & S_IFMT,
      kind == S_IFREG || kind == S_IFDIR
    else { return nil }
    return try? Descriptor("/proc/self/fd/\(place.number)", flags: flags)
  }

  /// A descriptor that only names what is at a path.
  private func find(_ path: [UInt8]) -> Descriptor? {
    guard !path.contains(0) else { return nil }
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let number = directory.number
    let opened = unsafe name.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Int32(-1) }
      return unsafe linux_open_in_root(number, base, LINUX_O_PATH)
    }
    return opened >= 0 ? Descriptor(owning: opened) : nil
  }

  /// Opens a file or directory of this program's own knowledge.
  func open(_ path: String, flags: Int32 = O_RDONLY) -> Descriptor? {
    open(Array(path.utf8), flags: flags)
  }

  /// The bytes of a file up to `limit`; nil when it can't be read.
  func contents(of path: String, limit: Int) -> [UInt8]? {
    contents(of: Array(path.utf8), limit: limit)
  }

  /// The bytes of a file up to `limit`; nil when it can't be read.
  func contents(of path: [UInt8], limit: Int) -> [UInt8]? {
    guard let file = open(path) else { return nil }
    return try? file.contents(limit: limit)
  }

  /// What is at a path; nil when nothing is, or it can't be looked at.
  func status(of path: [UInt8]) -> stat? {
    guard let file = find(path) else { return nil }
    return try? file.status()
  }

  /// The names in a directory, sorted; none when it can't be read.
  func names(in path: String, limit: Int = 16_384) -> [[UInt8]] {
    guard let folder = open(path, flags: O_RDONLY | O_DIRECTORY) else { return [] }
    return ((try? folder.names(limit: limit)) ?? []).sorted { $0.lexicographicallyPrecedes($1) }
  }
}
