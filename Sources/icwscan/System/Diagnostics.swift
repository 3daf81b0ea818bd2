import Glibc
import Synchronization

/// Standard error: everything that is not data. Lines come escaped from `Report`.
enum Diagnostics {
  /// Lines that are kept at most while a table has the terminal; of more the last ones.
  private static let mostHeld = 200
  private static let held = Mutex(Held())

  /// Lines that wait until the terminal is free again.
  private struct Held {
    var isOn = false
    var lines: [String] = []
    var leftOut = 0
    var last: String?
  }

  /// From here on a table has the terminal, where standard error is one, too: lines wait for `release`.
  static func hold() {
    let isTerminal = isatty(STDERR_FILENO) == 1
    held.withLock { $0.isOn = isTerminal }
  }

  /// The terminal is free again: what waited is said.
  static func release() {
    let waiting = held.withLock { held in
      defer { held = Held() }
      return held
    }
    if waiting.leftOut > 0 { say("\(waiting.leftOut) earlier messages are left out") }
    for line in waiting.lines { put(line) }
  }

  /// The line that was held last, once.
  static func takeLast() -> String? {
    held.withLock { held in
      defer { held.last = nil }
      return held.last
    }
  }

  /// One line, with the program's name in front.
  static func say(_ text: String) {
    put("icwscan: " + text)
  }

  /// One line as it is.
  static func put(_ text: String) {
    let isHeld = held.withLock { held in
      guard held.isOn else { return false }
      held.last = text
      if held.lines.count == mostHeld {
        held.lines.removeFirst()
        held.leftOut += 1
      }
      held.lines.append(text)
      return true
    }
    if isHeld { return }
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
