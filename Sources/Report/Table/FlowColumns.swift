import Flows
import Packets
import Verdicts

/// Flows as rows of a table that has so many columns: everything fits, what is too long is cut with an ellipsis.
struct FlowColumns {
  private static let transportWidth = 4
  /// Both ends of IPv4 flows whatever their numbers.
  private static let endsWidth = 44
  private static let widestRate = 6
  private static let widestBytes = 8
  private static let widestAge = 6
  /// Packets a second, bytes a second, bytes, age, and the blanks before each.
  private static let numbersWidth = widestRate + 2 * widestBytes + widestAge + 4
  private static let margin = 4

  private let columns: Int
  private let isWide: Bool
  private let text: TextReport
  private let ends: Int
  private let answer: Int

  /// Columns for these rows. `isWide` puts a flow on one line, else it has two.
  init(columns: Int, isWide: Bool, colour: Bool, _ rows: [LiveTableRow]) {
    self.columns = columns
    self.isWide = isWide
    text = TextReport(style: Style(colour: colour, width: columns, isTerminal: true))
    let rest = columns - Self.transportWidth - Self.numbersWidth
    if isWide {
      let widest = rows.map { TextWidth.of(Self.ends($0.record, most: .max)) }.max() ?? 0
      ends = min(max(widest, Self.endsWidth), max(Self.endsWidth, columns * 2 / 5))
      let longest = rows.map { TextWidth.of(Self.answer($0.record)) }.max() ?? 0
      answer = min(max(longest, 24), max(24, (rest - ends) / 2))
    } else {
      ends = max(0, rest)
      answer = 0
    }
  }

  /// A line of text alone, escaped already.
  func line(_ line: String, _ paint: TextReport.Paint?) -> String {
    let cut = TextWidth.cut(line, to: columns)
    return paint.map { text.paint(cut, $0) } ?? cut
  }

  /// What stands above the rows.
  var heading: [String] {
    let numbers = Self.numbers(["PKT/S", "BYTES/S", "BYTES", "AGE"])
    let flow = TextWidth.padded("    CLIENT > SERVER", to: Self.transportWidth + ends)
    let rest =
      isWide ? "  " + TextWidth.padded("VERDICT", to: answer) + "  OWNERS" : ""
    return [line(flow + numbers + rest, .bold)]
  }

  /// A flow's lines.
  func lines(_ row: LiveTableRow) -> [String] {
    let record = row.record
    let flow = record.flow
    let bytes = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    let first =
      TextWidth.padded(flow.transport.rawValue, to: Self.transportWidth)
      + TextWidth.padded(Self.ends(record, most: ends), to: ends)
      + Self.numbers([
        Self.count(row.packetsPerSecond), Amounts.bytes(row.bytesPerSecond), Amounts.bytes(bytes),
        Times.short(flow.last.nanoseconds(since: flow.first)),
      ])
    let paint = row.isOver ? TextReport.Paint.dim : nil
    let answerPaint = paint ?? TextReport.paint(of: record.verdict.verdictClass)
    let owners = text.processes(record).joined(separator: " ")
    if isWide {
      let left = max(0, columns - Self.transportWidth - ends - Self.numbersWidth - answer - 4)
      let said = TextWidth.padded(TextWidth.cut(Self.answer(record), to: answer), to: answer)
      return [
        line(first, paint) + "  " + text.paint(said, answerPaint) + "  "
          + text.paint(TextWidth.cut(owners, to: left), paint)
      ]
    }
    // Owners have half of the line at least.
    let room = max(0, columns - Self.margin)
    let said = TextWidth.cut(
      Self.answer(record), to: max(room / 2 - 1, room - 1 - TextWidth.of(owners)))
    let left = max(0, room - TextWidth.of(said) - 1)
    return [
      line(first, paint),
      String(repeating: " ", count: min(Self.margin, columns))
        + text.paint(said, answerPaint) + (room > 0 ? " " : "")
        + text.paint(TextWidth.cut(owners, to: left), paint),
    ]
  }

  /// Class, application and what the bytes told.
  private static func answer(_ record: FlowRecord) -> String {
    var words = [record.verdict.verdictClass.rawValue]
    if let application = record.verdict.application { words.append(Escaped.text(application)) }
    if let details = FlowWords.details(record) { words.append("(\(details))") }
    return words.joined(separator: " ")
  }

  /// Both ends in at most so many columns: an end keeps its port, and what one leaves of its half is the other's.
  private static func ends(_ record: FlowRecord, most: Int) -> String {
    let text = TextReport()
    let client = text.named(record.flow.client, record.clientName)
    let server = text.named(record.flow.server, record.serverName)
    let arrow = record.arrow
    let room = most == .max ? most : max(0, most - 2 - arrow.count)
    let (left, right) = (TextWidth.of(client), TextWidth.of(server))
    guard most != .max, left + right > room else { return "\(client) \(arrow) \(server)" }
    let half = room / 2
    let leftRoom = right < half ? room - right : min(left, room - min(right, half))
    return TextWidth.cutMiddle(client, to: leftRoom) + " \(arrow) "
      + TextWidth.cutMiddle(server, to: room - min(left, leftRoom))
  }

  /// `12345`, `123k`, `12M`.
  private static func count(_ number: Int) -> String {
    switch number {
    case ..<100_000: "\(number)"
    case ..<100_000_000: "\(number / 1_000)k"
    default: "\(number / 1_000_000)M"
    }
  }

  private static func numbers(_ cells: [String]) -> String {
    zip(cells, [widestRate, widestBytes, widestBytes, widestAge]).map { cell, width in
      " " + String(repeating: " ", count: max(0, width - cell.count)) + cell
    }.joined()
  }
}
