import Glibc

extension CaptureError {
  /// The error of a failed system call on a file.
  public init(source: String, code: Int32) {
    let failure: Failure
    switch code {
    case ENOENT, ENOTDIR: failure = .notFound
    case EISDIR: failure = .isDirectory
    case EACCES, EPERM, EROFS: failure = .notPermitted(.file)
    case ENOSPC, EDQUOT, EFBIG: failure = .outOfSpace
    case EPIPE: failure = .brokenPipe
    default: failure = .io(code)
    }
    self.init(source: source, failure: failure)
  }

  /// The error of a failed write.
  public init(writing source: String, code: Int32) {
    let error = CaptureError(source: source, code: code)
    if case .io = error.failure {
      self.init(source: source, failure: .writing(code))
    } else {
      self = error
    }
  }
}
