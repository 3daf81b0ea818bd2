import Captures
import Report

extension Escaped {
  /// A path for the eye, whose bytes need not be UTF-8.
  static func path(_ path: String) -> String { text(RawPath.bytes(path)) }
}
