import ArgumentParser
import Glibc

/// When output is coloured.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
  case auto, always, never

  /// Whether standard output gets colour: with `auto` only a terminal that is not dumb, and never under NO_COLOR.
  func isOn(terminal: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      terminal && !(Environment.value("NO_COLOR").map { !$0.isEmpty } ?? false)
        && Environment.value("TERM") != "dumb"
    }
  }
}
