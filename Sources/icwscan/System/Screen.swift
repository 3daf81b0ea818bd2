import Captures
import Glibc

/// A terminal that a table is drawn on: another screen than the one with the user's lines, which comes back at the end.
///
/// It is opened anew, so that writing never waits: a slow terminal misses pictures, and the capture no packets. Nothing of
/// a screen can be pressed out of the user's own descriptor, which other programs share.
final class Screen {
  /// Why there is none.
  enum Refusal {
    /// The descriptor is no terminal, or the terminal can't move its cursor.
    case noTerminal, tooSimple
    /// The errno of the terminal that can't be opened.
    case system(Int32)
  }

  /// Another screen, no cursor, and nothing goes on in the next line by itself.
  private static let beginning = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l\u{1b}[H\u{1b}[2J"
  private static let end = "\u{1b}[0m\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"
  /// A picture is shown as a whole by terminals that know how; others ignore it.
  private static let pictureBegins = "\u{1b}[?2026h"
  private static let pictureEnds = "\u{1b}[?2026l"
  /// How long the end of a screen waits for a slow terminal, in milliseconds.
  private static let patience: Int32 = 300

  /// For `poll`: readable when keys were pressed; -1 when the terminal is gone.
  private(set) var descriptor: Int32
  /// Whether to colour.
  let isColoured: Bool
  private let before: termios
  private var isOn = false
  private var shown: [String] = []
  private var size: (columns: Int, lines: Int) = (0, 0)
  private var unwritten: [UInt8] = []

  private init(_ descriptor: Int32, _ before: termios, isColoured: Bool) {
    self.descriptor = descriptor
    self.isColoured = isColoured
    self.before = before
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The terminal behind a descriptor. Nothing changes on it before `begin`.
  static func open(_ descriptor: Int32, isColoured: Bool, refusal: inout Refusal?) -> Screen? {
    guard isatty(descriptor) == 1 else {
      refusal = .noTerminal
      return nil
    }
    guard let kind = Environment.value("TERM"), !kind.isEmpty, kind != "dumb" else {
      refusal = .tooSimple
      return nil
    }
    let path = "/proc/self/fd/\(descriptor)"
    let opened = unsafe Glibc.open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    var modes = termios()
    guard opened >= 0, unsafe tcgetattr(opened, &modes) == 0 else {
      refusal = .system(errno)
      if opened >= 0 { close(opened) }
      return nil
    }
    return Screen(opened, modes, isColoured: isColoured)
  }

  /// Columns and lines of the terminal now; 80 and 24 where it does not say.
  var measures: (columns: Int, lines: Int) {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    // What has more than this is no screen; the rows cost memory.
    return (min(Int(size.ws_col), 1_000), min(Int(size.ws_row), 500))
  }

  /// Whether a picture is still on its way: then another one would only be late, too.
  var isBusy: Bool { !unwritten.isEmpty }

  /// Takes the terminal over, also once more when another program had it meanwhile.
  func begin() {
    guard descriptor >= 0 else { return }
    isOn = true
    var modes = before
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
    // Ctrl-S would hold pictures back for ever.
    modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
    unsafe withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      unsafe keys[Int(VMIN)] = 0
      unsafe keys[Int(VTIME)] = 0
      // Ctrl-Z would stop the capture, and Ctrl-\ leave the terminal as it is: they come as keys instead.
      unsafe keys[Int(VSUSP)] = 0
      unsafe keys[Int(VQUIT)] = 0
    }
    unsafe tcsetattr(descriptor, TCSANOW, &modes)
    shown = []
    unwritten = Array(Self.beginning.utf8)
    flush()
    Diagnostics.hold()
  }

  /// Gives the terminal back as it was, and says what was not said meanwhile.
  func leave() {
    guard isOn else { return }
    isOn = false
    giveBack()
    Diagnostics.release()
  }

  /// Gives the terminal back for a process that was killed while it had it.
  func leaveForOther() {
    var now = termios()
    guard descriptor >= 0, unsafe tcgetattr(descriptor, &now) == 0 else { return }
    if now.c_lflag != before.c_lflag { giveBack() }
  }

  private func giveBack() {
    guard descriptor >= 0 else { return }
    // What is left of the last picture would leave its sequence open.
    unwritten += Array((Self.pictureEnds + Self.end).utf8)
    flush()
    while isBusy, descriptor >= 0 {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard unsafe poll(&request, 1, Self.patience) > 0 else { break }
      flush()
    }
    var modes = before
    if descriptor >= 0 { unsafe tcsetattr(descriptor, TCSANOW, &modes) }
  }

  /// Shows lines from the top, of which only those are written that changed. A screen of other measures is written whole.
  func draw(_ lines: [String], _ measures: (columns: Int, lines: Int)) {
    guard isOn, descriptor >= 0, !isBusy else { return }
    var text = ""
    if measures != size {
      size = measures
      shown = []
      text += "\u{1b}[2J"
    }
    for (row, line) in lines.prefix(measures.lines).enumerated()
    where row >= shown.count || shown[row] != line {
      // First what was there is erased: behind a line that fills the last column its last letter would be.
      text += "\u{1b}[\(row + 1);1H\u{1b}[K\(line)"
    }
    if lines.count < shown.count { text += "\u{1b}[\(lines.count + 1);1H\u{1b}[J" }
    shown = lines
    guard !text.isEmpty else { return }
    unwritten = Array((Self.pictureBegins + text + Self.pictureEnds).utf8)
    flush()
  }

  /// Has the next picture written whole: something else may have been written there.
  func forget() {
    shown = []
    size = (0, 0)
  }

  /// Writes on as far as the terminal takes it.
  func flush() {
    while !unwritten.isEmpty, descriptor >= 0 {
      let count = unsafe unwritten.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        unwritten.removeFirst(count)
      } else if count < 0, errno == EINTR {
        continue
      } else {
        if count < 0, errno != EAGAIN { lose() }
        return
      }
    }
  }

  /// What was typed since the last time; nil when the terminal is gone.
  func keys() -> [UInt8]? {
    guard descriptor >= 0 else { return nil }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, 0) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = unsafe read(descriptor, &buffer, buffer.count)
    if count > 0 { return Array(buffer[..<count]) }
    // A terminal that was closed is readable for ever.
    let isHungUp = request.revents & Int16(POLLHUP | POLLERR) != 0
    guard isHungUp || count < 0 && errno != EAGAIN && errno != EINTR else { return [] }
    lose()
    return nil
  }

  private func lose() {
    close(descriptor)
    descriptor = -1
    unwritten = []
  }
}
