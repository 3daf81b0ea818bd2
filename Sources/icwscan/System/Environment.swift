import Glibc

/// Environment variables.
enum Environment {
  /// The value of a variable; nil when it is not set. The corresponding C function is `getenv`.
  static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
