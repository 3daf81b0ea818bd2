import Packets
public import Sockets

/// A live capture as one screen: the answer, the counts, and the flows with their verdicts, owners and rates. From values
/// to lines; nothing here knows a terminal.
public struct LiveTable: Sendable {
  /// What stands on top in the table.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// The flow that moves most bytes a second, then the one whose last packet is newest.
    case rate
    /// The flow that began last.
    case newest
    /// The flow that moved most bytes in all.
    case bytes
  }

  /// Lines that are not flows: title, counts, heading and foot, and a sentence a transport.
  private static let otherLines = 6
  /// Columns from which on a flow has one line; with less it has two.
  private static let wide = 140
  /// Sentences that are shown.
  private static let mostSentences = 2

  /// The watched port.
  public var port: UInt16
  /// Names of the devices, raw.
  public var interfaces: [String]
  /// How long the capture goes on, in nanoseconds.
  public var elapsed: Int64
  /// What the capture counted.
  public var counters: DropsRecord
  /// Packets of the port in the last second.
  public var packetsPerSecond: Int
  /// All flows so far, those that go on included.
  public var tally: Tally
  /// The sockets on the port; nil when nobody looked.
  public var owners: PortSurvey?
  /// Flows that go on, and those that ended.
  public var flows: (open: Int, over: Int)
  /// The flows that are shown, in their order.
  public var rows: [LiveTableRow] = []
  /// How many flows stand above the first of `rows`, and how many there are to show.
  public var place: (above: Int, all: Int)
  /// In which order they are.
  public var order: Order
  /// What was last said beside the table, escaped; nil for nothing new.
  public var message: String?

  /// A screen of these values.
  public init(
    port: UInt16, interfaces: [String], elapsed: Int64, counters: DropsRecord,
    packetsPerSecond: Int, tally: Tally, owners: PortSurvey?, flows: (open: Int, over: Int),
    place: (above: Int, all: Int), order: Order, message: String? = nil
  ) {
    self.port = port
    self.interfaces = interfaces
    self.elapsed = elapsed
    self.counters = counters
    self.packetsPerSecond = packetsPerSecond
    self.tally = tally
    self.owners = owners
    self.flows = flows
    self.place = place
    self.order = order
    self.message = message
  }

  /// How many flows a terminal of so many columns and lines has room for.
  public static func room(columns: Int, lines: Int) -> Int {
    max(0, lines - otherLines) / (columns < wide ? 2 : 1)
  }

  /// The screen: at most `lines` lines of at most `columns` columns, escaped, the last of them at the bottom.
  public func lines(columns: Int, lines: Int, colour: Bool) -> [String] {
    let layout = FlowColumns(columns: columns, isWide: columns >= Self.wide, colour: colour, rows)
    var screen = [layout.line(title, .bold), counts(layout)]
    let text = TextReport(style: Style(isTerminal: true))
    let sentences = text.sentences(tally: tally, owners: owners, port: port)
    screen += sentences.prefix(Self.mostSentences).map { layout.line($0, nil) }
    screen += layout.heading
    screen += rows.prefix(Self.room(columns: columns, lines: lines)).flatMap(layout.lines)
    guard screen.count < lines else { return Array(screen.prefix(max(0, lines))) }
    screen += Array(repeating: "", count: lines - 1 - screen.count)
    return screen + [foot(layout)]
  }

  private var title: String {
    let names = interfaces.map { Escaped.text($0) }.joined(separator: ", ")
    return
      "icwscan  port \(port) on \(names)  \(Times.duration(elapsed / 1_000_000_000 * 1_000_000_000))"
  }

  private func counts(_ layout: FlowColumns) -> String {
    let lost = (counters.dropped ?? 0) + (counters.interfaceDropped ?? 0)
    let text = [
      "\(Amounts.count(flows.open, "flow")), \(flows.over) over",
      "\(packetsPerSecond) packets/s", Amounts.count(counters.onPort, "packet"),
      lost == 0 ? "none lost" : "\(lost) lost",
    ].joined(separator: "  ")
    return layout.line(text, lost == 0 ? nil : .yellow)
  }

  private func foot(_ layout: FlowColumns) -> String {
    if let message { return layout.line(message, .yellow) }
    let last = place.above + rows.count
    let shown = rows.isEmpty ? "no flow yet" : "\(place.above + 1)-\(last) of \(place.all)"
    return layout.line(
      "\(shown)  by \(order.rawValue)   q quits, s sorts anew, arrows and page keys move", .dim)
  }
}
