import Captures
import Confine
import Glibc

/// A file that is opened at the start, while the rights are there, and written once, at the end.
final class ReportFile {
  private let descriptor: Int32
  private let path: String

  /// Makes or empties a file. Under sudo a new one is given to the user who called.
  ///
  /// - Throws: `CaptureError` when it can't be opened.
  init(path: String) throws(CaptureError) {
    self.path = path
    let name = RawPath.terminated(path)
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY
    let made = unsafe open(name, flags | O_EXCL, 0o644)
    descriptor = made >= 0 || errno != EEXIST ? made : unsafe open(name, flags | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw CaptureError(source: path, code: errno) }
    // A file that was there keeps its owner; where it can't be given away it stays the caller's own.
    if made >= 0 { _ = Privileges.invokingUser?.own(descriptor) }
  }

  deinit { close(descriptor) }

  /// Writes the whole file.
  func write(_ text: String) throws(CaptureError) {
    do {
      try PatientDescriptor(descriptor).write(Array(text.utf8))
    } catch {
      switch error {
      case .system(let code): throw CaptureError(writing: path, code: code)
      case .stalled: throw CaptureError(source: path, failure: .stalled)
      }
    }
  }
}
