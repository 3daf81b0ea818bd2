import Glibc

/// Standard error: everything that is not data. Lines come escaped from `Report`.
enum Diagnostics {
  /// One line, with the program's name in front.
  static func say(_ text: String) {
    put("icwscan: " + text)
  }

  /// One line as it is.
  static func put(_ text: String) {
    Progress.erase()
    write(text + "\n")
  }

  /// Text without a line's end.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(STDERR_FILENO, $0.baseAddress!, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
