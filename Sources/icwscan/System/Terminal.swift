import Glibc

/// The terminal on standard output or error.
enum Terminal {
  /// Which of standard output and error were a terminal when the program began.
  private static let opened = [STDOUT_FILENO, STDERR_FILENO].filter { isatty($0) == 1 }

  /// Remembers which of them are a terminal.
  static func note() { _ = opened }

  /// Whether one of them has been closed: whoever looked at it is gone.
  static var isGone: Bool { opened.contains { isatty($0) != 1 } }

  /// Columns; 80 when the terminal does not say. The corresponding C function is `ioctl` with TIOCGWINSZ.
  static var width: Int { width(of: STDOUT_FILENO) }

  /// Columns of the terminal behind a descriptor; 80 when it does not say.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }
}
