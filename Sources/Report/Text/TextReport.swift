public import Sockets

/// Records as lines for people; every line is escaped and has no line feed.
public struct TextReport: Sendable {
  /// How text is laid out.
  public var style: Style

  /// A report in a style.
  public init(style: Style = Style()) {
    self.style = style
  }

  /// THE sentence, one line a transport.
  public func sentences(tally: Tally, owners: PortSurvey? = nil, port: UInt16 = 3699) -> [String] {
    sentencesInLines(tally: tally, owners: owners, port: port).flatMap(\.self)
  }

  /// The same, the lines of each sentence apart.
  public func sentencesInLines(
    tally: Tally, owners: PortSurvey? = nil, port: UInt16 = 3699
  ) -> [[String]] {
    Sentence.all(tally: tally, owners: owners, port: port, commandLimit: commandLimit)
      .map { laid(paint($0, .bold)) }
  }

  /// The line above the findings of one file among several, or of one member of an archive; their names are raw.
  public func heading(_ path: [UInt8], member: [UInt8]? = nil) -> String {
    paint(Escaped.text(path) + (member.map { " (\(Escaped.text($0)))" } ?? "") + ":", .bold)
  }

  /// Characters of a command line within a line of other things; nil where nobody looks at a terminal.
  var commandLimit: Int? { style.isTerminal ? max(20, (style.width ?? 120) / 2) : nil }

  /// The line as it is laid out: on a terminal broken between words where it is too long, everything but the first line
  /// indented.
  public func laid(_ line: String, indent: Int = 2) -> [String] {
    Wrapping.lines(line, width: style.isTerminal ? style.width : nil, indent: indent)
  }

  /// Rows laid out under each other; what is too long goes on under its own column.
  func laid(_ rows: [[String]]) -> [String] {
    let widths = (0..<max(0, (rows.map(\.count).max() ?? 0) - 1)).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let indent = widths.reduce(0) { $0 + $1 + 2 }
    return Columns.lines(rows).flatMap { laid($0, indent: indent) }
  }

  /// What to do next, a line each; what the lines before tell already is left out.
  func next(_ summary: SummaryRecord) -> [String] {
    NextStep.all(
      summary, nil, tellsRights: false, tellsDoubts: !style.explain
    ).prefix(2).flatMap { step in
      let line = "next: " + step.text
      guard let command = step.command, laid(line).count > 1 else { return laid(line, indent: 6) }
      // A command is copied: it stands on a line of its own, whole.
      return laid("next: \(step.aim):", indent: 6) + ["      " + command]
    }
  }

  /// What a report says whose addresses are nobody's.
  var redaction: [String] { laid(Words.redaction) }

  /// A line about something that went wrong.
  public func error(_ record: ErrorRecord) -> String { Words.line(record) }

  /// The few colours.
  enum Paint: String {
    case bold = "1"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case dim = "2"
  }

  /// The text in a colour, when colours are wanted; the text must be escaped already.
  func paint(_ text: String, _ paint: Paint) -> String {
    style.colour ? "\u{1b}[\(paint.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// The text in a colour, or as it is for none.
  func paint(_ text: String, _ paint: Paint?) -> String {
    paint.map { self.paint(text, $0) } ?? text
  }

  /// The text with spaces up to a width, on a terminal only.
  func padded(_ text: String, _ width: Int) -> String {
    style.isTerminal ? Columns.padded(text, width) : text
  }
}
