import CLinux
import Glibc

/// The folder of a file that is written, opened at the start: whatever becomes of its path, names lead into this one. Others
/// may change what is in it while a process with more rights opens files there.
public final class OutputFolder {
  /// The folder's descriptor; -1 once it was left.
  private(set) var descriptor: Int32
  /// The last part of the path.
  let name: [UInt8]
  /// Whether that name was a link at the start, which the user wants to be followed.
  private let isLink: Bool

  /// The folder of a path as it was typed.
  ///
  /// - Throws: the errno of a folder that can't be opened.
  public init(path: [UInt8]) throws(RoleFailure) {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let folderPath =
      slash.map { $0 == path.startIndex ? [UInt8(ascii: "/")] : Array(path[..<$0]) }
      ?? [UInt8(ascii: ".")]
    name = slash.map { Array(path[($0 + 1)...]) } ?? path
    descriptor = unsafe open(
      Self.terminated(folderPath), LINUX_O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RoleFailure(number: errno) }
    var status = stat()
    isLink =
      unsafe fstatat(descriptor, Self.terminated(name), &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
  }

  deinit { leave() }

  /// Closes it: no file is opened through it any more.
  public func leave() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  /// Whether a name leads to an open file. The corresponding C functions are `fstatat` and `fstat`.
  func leads(_ name: [UInt8], to file: Int32) -> Bool {
    var open = stat()
    var named = stat()
    return unsafe fstat(file, &open) == 0
      && fstatat(descriptor, Self.terminated(name), &named, 0) == 0
      && open.st_dev == named.st_dev && open.st_ino == named.st_ino
  }

  /// Opens the file of the path once more, because the user has moved it away.
  ///
  /// Somebody may have put something else in its place: a link, a pipe that nobody reads, another file under a second
  /// name. What is not simply a file is refused.
  ///
  /// - Returns: the descriptor, negative with errno when there is none.
  func openAgain(_ flags: Int32, mode: mode_t) -> Int32 {
    let guarded = flags & ~O_TRUNC | O_NONBLOCK | (isLink ? 0 : O_NOFOLLOW)
    let opened = unsafe openat(descriptor, Self.terminated(name), guarded, mode)
    guard opened >= 0 else { return -1 }
    var status = stat()
    let isFile =
      unsafe fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_nlink == 1
    if isFile, flags & O_TRUNC == 0 || ftruncate(opened, 0) == 0 { return opened }
    let failure = isFile ? errno : EEXIST
    close(opened)
    errno = failure
    return -1
  }

  /// For whoever moved the file away that descriptor `present` leads to: another one; where it was not moved, the same.
  ///
  /// - Returns: a descriptor to close, negative with errno when there is none.
  public func appendAgain(_ present: Int32) -> Int32 {
    // Nobody moves a terminal or a pipe away.
    if leads(name, to: present) { return fcntl(present, F_DUPFD_CLOEXEC, 3) }
    return openAgain(O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, mode: 0o666)
  }

  static func terminated(_ name: [UInt8]) -> [CChar] { name.map { CChar(bitPattern: $0) } + [0] }
}
