import Glibc

/// Environment variables.
enum Environment {
  /// Where temporary files go.
  static var temporaryFolder: String {
    value("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
  }

  /// The value of a variable; nil when it is not set. The corresponding C function is `getenv`.
  static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
