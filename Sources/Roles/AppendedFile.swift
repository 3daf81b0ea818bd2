import CLinux
import Glibc

/// The file of `--output`, to which findings are appended: opened by its name in a folder whose descriptor was opened at
/// the start.
public struct AppendedFile {
  private let folder: Int32
  private let name: [CChar]

  /// The file of a path.
  ///
  /// - Parameter path: as typed.
  /// - Throws: the errno of a folder that can't be opened.
  public init(path: [UInt8]) throws(RoleFailure) {
    let (folder, name) = OutputFiles.parts(of: path)
    self.name = name.map { CChar(bitPattern: $0) } + [0]
    self.folder = unsafe Glibc.open(
      folder.map { CChar(bitPattern: $0) } + [0], LINUX_O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard self.folder >= 0 else { throw RoleFailure(number: errno) }
  }

  /// Opens it, behind what is there, and makes it where it is not.
  public func open() -> OutputFiles.Opened {
    let opened = unsafe openat(
      folder, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o666)
    return opened >= 0 ? .descriptor(opened) : .refused(errno)
  }

  /// Closes the folder: in a process that may open nothing.
  func leave() { close(folder) }
}
