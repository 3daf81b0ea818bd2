import Captures
import Glibc
import Roles

/// The file of `--output`: takes the place of standard output, and is opened anew on SIGHUP for whoever moved it away.
final class DataFile {
  /// The file's path as typed.
  let path: String
  private var folder: OutputFolder?

  /// The file at a path, which `open` opens.
  init(_ path: String) { self.path = path }

  /// Opens the file, appending to what is there, as descriptor 1; what descriptor 1 was is closed.
  ///
  /// - Throws: `CaptureError` when it can't be opened; descriptor 1 is then as it was.
  func open() throws(CaptureError) {
    let opened = unsafe Glibc.open(
      RawPath.terminated(path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o666)
    guard opened >= 0 else { throw CaptureError(source: path, code: errno) }
    defer { close(opened) }
    do throws(RoleFailure) {
      folder = try OutputFolder(path: RawPath.bytes(path))
    } catch {
      throw CaptureError(source: path, code: error.number)
    }
    guard dup2(opened, STDOUT_FILENO) >= 0 else { throw CaptureError(source: path, code: errno) }
  }

  /// A descriptor of the file, appending to what is there, for the process whose descriptor 1 is the first one of it;
  /// negative, with errno, when it can't be opened.
  func again() -> Int32 {
    if let folder { return folder.appendAgain(STDOUT_FILENO) }
    errno = EBADF
    return -1
  }

  /// Lets go of what only `again` needs.
  func leave() { folder?.leave() }
}
