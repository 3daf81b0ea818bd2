import Captures
import Glibc
import Report
import Roles

/// The file of `--output`: takes the place of standard output, and is opened anew on SIGHUP for whoever moved it away.
enum DataFile {
  /// Opens the file for the first time, appending to what is there, as descriptor 1; what descriptor 1 was is closed.
  ///
  /// - Parameter path: as typed.
  /// - Returns: What opens it anew.
  /// - Throws: `CaptureError` when it can't be opened; descriptor 1 is then as it was.
  static func open(_ path: String) throws(CaptureError) -> AppendedFile {
    let file: AppendedFile
    do {
      file = try AppendedFile(path: RawPath.bytes(path))
    } catch {
      throw CaptureError(source: path, code: error.number)
    }
    switch file.open() {
    case .descriptor(let opened): take(opened)
    case .refused(let number): throw CaptureError(source: path, code: number)
    case .stands, .last: break
    }
    return file
  }

  /// Makes a file standard output. Without `dup2`, which the process that reads packets may not call.
  static func take(_ opened: Int32) {
    close(STDOUT_FILENO)
    _ = fcntl(opened, F_DUPFD, STDOUT_FILENO)
    close(opened)
  }
}
