import Glibc

extension HelperConnection {
  /// Asks for a file and waits for the answer.
  ///
  /// - Parameters:
  ///   - request: one that asks for a file.
  ///   - milliseconds: how long the helper has to take the question, and again to answer it.
  /// - Returns: What became of it; a descriptor is the caller's to close. A helper that is gone refuses with EPIPE, one
  ///   that is silent with ETIMEDOUT.
  public func answer(
    to request: ParserRequest, milliseconds: Int32
  ) -> OutputFiles.Opened {
    guard ask(request, milliseconds: milliseconds),
      let arrival = wait(milliseconds: milliseconds, for: { $0.isAboutFile })
    else { return .refused(isGone ? EPIPE : ETIMEDOUT) }
    switch arrival.message {
    case .file where arrival.descriptor >= 0: return .descriptor(arrival.descriptor)
    case .fileStands: return .stands
    case .lastFile: return .last
    case .fileRefused(let number): return .refused(number)
    default: return .refused(EIO)
    }
  }
}

extension HelperMessage {
  /// Whether it answers a request for a file.
  fileprivate var isAboutFile: Bool {
    switch self {
    case .file, .fileStands, .lastFile, .fileRefused: true
    default: false
    }
  }
}
