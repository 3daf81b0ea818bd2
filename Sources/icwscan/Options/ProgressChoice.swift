import ArgumentParser
import Glibc

/// How the progress of long work is shown, on standard error.
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, never, json

  /// The form that is shown; nil for none. By itself only a terminal that is not dumb shows any.
  var form: Progress.Form? {
    switch self {
    case .never: nil
    case .json: .json
    case .auto: isatty(STDERR_FILENO) == 1 && Environment.value("TERM") != "dumb" ? .line : nil
    }
  }
}
