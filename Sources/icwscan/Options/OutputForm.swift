import Glibc
import Report

/// How findings are shown, when it is known; by default as text.
struct OutputForm {
  var isJSON = false
  var explain = false
  var colour = ColourChoice.auto
  /// Whether names are looked up.
  var resolves = false

  /// How text is laid out on `descriptor`.
  func style(on descriptor: Int32) -> Style {
    let terminal = isatty(descriptor) == 1
    return Style(
      colour: colour.isOn(terminal: terminal), width: terminal ? Terminal.width : nil,
      isTerminal: terminal, explain: explain)
  }
}
