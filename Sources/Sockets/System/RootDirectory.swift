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

  /// /proc/self/fd, through which a descriptor that only names a file becomes one that reads it.
  private static let descriptors = try? Descriptor(
    "/proc/self/fd", flags: LINUX_O_PATH | O_DIRECTORY
  ).release()

  /// Closes what is kept open for all: in a process that is to look at no other any more.
  static func leave() {
    if let descriptors { close(descriptors) }
  }

  /// Opens a file or directory. Devices, pipes and sockets are refused before they are opened: opening one could wait
  /// or act.
  func open(_ path: [UInt8]) -> Descriptor? {
    guard let descriptors = Self.descriptors, let place = find(path),
      let kind = try? place.status().st_mode & S_IFMT, kind == S_IFREG || kind == S_IFDIR
    else { return nil }
    return try? Descriptor("\(place.number)", in: descriptors)
  }

  /// Opens a directory. The kernel itself refuses everything else before it is opened.
  func openDirectory(_ path: [UInt8]) -> Descriptor? { find(path, flags: O_RDONLY | O_DIRECTORY) }

  /// A descriptor that only names what is at a path, unless told otherwise.
  private func find(_ path: [UInt8], flags: Int32 = LINUX_O_PATH) -> Descriptor? {
    guard !path.contains(0) else { return nil }
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let number = directory.number
    let opened = unsafe name.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Int32(-1) }
      return unsafe linux_open_in_root(number, base, flags)
    }
    return opened >= 0 ? Descriptor(owning: opened) : nil
  }

  /// Opens a file or directory of this program's own knowledge.
  func open(_ path: String) -> Descriptor? { open(Array(path.utf8)) }

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
    names(in: Array(path.utf8), limit: limit)
  }

  /// The names in a directory, sorted; none when it can't be read.
  func names(in path: [UInt8], limit: Int = 16_384) -> [[UInt8]] {
    openDirectory(path)?.sortedNames(limit: limit) ?? []
  }
}

extension Descriptor {
  /// The names in this directory that matter, sorted; none when it can't be read.
  func sortedNames(
    limit: Int = 16_384, where matters: (Span<UInt8>) -> Bool = { _ in true }
  ) -> [[UInt8]] {
    ((try? names(limit: limit, where: matters)) ?? []).sorted { $0.lexicographicallyPrecedes($1) }
  }
}
