import Glibc

/// The terminal on standard output.
enum Terminal {
  /// Columns; 80 when the terminal does not say. The corresponding C function is `ioctl` with TIOCGWINSZ.
  static var width: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }
}
