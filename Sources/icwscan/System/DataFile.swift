import Captures
import Glibc

/// The file of `--output`: takes the place of standard output, and is opened anew on SIGHUP for whoever moved it away.
struct DataFile {
  /// The file's path as typed.
  let path: String

  /// Opens the file, appending to what is there, as descriptor 1; what descriptor 1 was is closed.
  ///
  /// - Throws: `CaptureError` when it can't be opened; descriptor 1 is then as it was.
  func open() throws(CaptureError) {
    let opened = descriptor()
    guard opened >= 0 else { throw CaptureError(source: path, code: errno) }
    defer { close(opened) }
    guard dup2(opened, STDOUT_FILENO) >= 0 else { throw CaptureError(source: path, code: errno) }
  }

  /// A descriptor of the file, appending to what is there; negative, with errno, when it can't be opened.
  func descriptor() -> Int32 {
    unsafe Glibc.open(
      RawPath.terminated(path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0o666)
  }
}
