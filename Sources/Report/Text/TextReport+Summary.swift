import Packets
import Verdicts

extension TextReport {
  /// The sentence, then classes and applications with their numbers, then what was counted.
  public func summary(_ record: SummaryRecord) -> [String] {
    // On a screen the answer stands apart from the flows above it.
    var lines = style.isTerminal && record.tally.flows > 0 ? [""] : []
    lines += Sentence.all(record, commandLimit: commandLimit).flatMap { laid(paint($0, .bold)) }
    lines += TalkerWords.lines(record.tally).flatMap { laid($0) }
    lines += record.grouping.map { groups($0) } ?? table(record.tally)
    let counts =
      span(record.tally) + leftOut(record.tally) + ending(record) + copies(record.tally)
      + translated(record.tally) + captured(record)
      + files(record) + doneBefore(record)
      + drops(record.counters)
    return lines + counts.flatMap { laid($0) } + (record.isRedacted ? redaction : [])
      + next(record)
  }

  /// When the first and the last packet came.
  func span(_ tally: Tally) -> [String] {
    guard let first = tally.first, let last = tally.last else { return [] }
    let times = [first, last].map { Times.rfc3339($0, digits: tally.digits) }
    return [
      "from \(times[0]) to \(times[1]) (\(Times.duration(last.nanoseconds(since: first))))"
    ]
  }

  /// From when to when the inputs tell of anything, where that is more than the port's packets show.
  func captured(_ record: SummaryRecord) -> [String] {
    guard let span = record.counters.span,
      span.first != record.tally.first || span.last != record.tally.last
    else { return [] }
    let digits = record.tally.flows > 0 ? record.tally.digits : 6
    let times = [span.first, span.last].map { Times.rfc3339($0, digits: digits) }
    return [
      "frames of any port from \(times[0]) to \(times[1]) (\(Times.duration(span.last.nanoseconds(since: span.first))))"
    ]
  }

  /// What the selection left out.
  private func leftOut(_ tally: Tally) -> [String] {
    let packets = tally.transports.values.reduce(0) { $0 &+ $1.leftOut.packets }
    return tally.leftOut == 0
      ? []
      : [
        "\(Amounts.count(tally.leftOut, "flow")) (\(Amounts.count(packets, "packet"))) left out by the selection"
      ]
  }

  /// What came later was not looked at, and its flows may go on there.
  func ending(_ record: SummaryRecord) -> [String] {
    record.limit.map {
      [
        "ended by -c at \(Amounts.count($0, "packet")) of the port: what may have come later was not read"
      ]
    } ?? []
  }

  /// What a mirror port, or a second interface, showed once more.
  func copies(_ tally: Tally) -> [String] {
    let copies = tally.transports.values.reduce(0) { $0 &+ $1.copies }
    guard copies > 0 else { return [] }
    let packets = tally.transports.values.reduce(0) { $0 &+ $1.packets }
    return [
      "\(copies) of \(Amounts.count(packets, "packet")) \(copies == 1 ? "is a copy" : "are copies") of others, "
        + "captured twice: counted, and read once"
    ]
  }

  /// Connections that were captured on both sides of a host that translates addresses.
  func translated(_ tally: Tally) -> [String] {
    let count = tally.transports.values.reduce(0) { $0 &+ $1.translated }
    guard count > 0 else { return [] }
    return [
      "\(count) of \(Amounts.count(tally.flows, "flow")) \(count == 1 ? "shows" : "show") the same connection as "
        + "another one, with addresses that were translated (NAT)"
    ]
  }

  /// How many files there were, when it was not just the one that was named.
  private func files(_ record: SummaryRecord) -> [String] {
    guard let files = record.files, let others = record.otherFiles,
      files > 1 || others > 0 || record.unread > 0
    else { return [] }
    let passed =
      others > 0
      ? "; \(Amounts.count(others, "other file")) in folders and archives passed over" : ""
    let unread =
      record.unread > 0
      ? "; \(Amounts.count(record.unread, "input")) damaged or unreadable (see the messages)"
      : ""
    return [Amounts.count(files, "capture file") + " read" + record.emptyWords + unread + passed]
  }

  /// What of all this an earlier run has found.
  private func doneBefore(_ record: SummaryRecord) -> [String] {
    guard let inputs = record.doneBefore, inputs > 0 else { return [] }
    let were = inputs == 1 ? "was" : "were"
    return ["\(Amounts.count(inputs, "input")) \(were) done before: counted, not read again"]
  }

  /// What a capture counted, a line each.
  public func drops(_ counters: DropsRecord) -> [String] {
    var lines = [
      "\(Amounts.count(counters.received, "frame")) read, \(counters.onPort) of the port"
    ]
    if let dropped = counters.dropped {
      lines.append("\(Amounts.count(dropped, "packet")) dropped by the kernel")
    }
    if let dropped = counters.interfaceDropped {
      lines.append("\(Amounts.count(dropped, "packet")) dropped by the interface")
    }
    // Of a capture that others made nobody asks whose interface it was.
    if counters.dropped != nil, counters.unfilledChecksums > 0 {
      lines.append(
        "\(Amounts.count(counters.unfilledChecksums, "checksum")) left to the interface (offload)")
    }
    if counters.wrongChecksums > 0 {
      lines.append("\(Amounts.count(counters.wrongChecksums, "packet")) with a wrong checksum")
    }
    if counters.evicted > 0 {
      lines.append(
        "\(Amounts.count(counters.evicted, "flow")) made room for others in the full table")
    }
    if counters.untold > 0 {
      lines.append(
        "\(Amounts.count(counters.untold, "flow")) of one side counted, without a line or record of the end"
      )
    }
    lines += counters.sortedUnread.map { unread in
      "\(Amounts.count(unread.count, "frame")) not read: "
        + "\(LayerWords.of(unread.layer)), \(LayerWords.of(unread.reason))"
    }
    return lines
  }

  /// Kinds of one class that a screen shows: what comes before the table has to stay on it.
  private static let mostShown = 5

  private func table(_ tally: Tally) -> [String] {
    var rows: [[String]] = []
    for transport in Transport.allCases {
      guard let sums = tally.transports[transport] else { continue }
      for verdictClass in Sentence.order {
        let kinds = sums.sorted(verdictClass)
        let isLong = style.isTerminal && kinds.count > Self.mostShown + 1
        let shown = kinds.prefix(isLong ? Self.mostShown : kinds.count)
        rows += shown.map { kind, group in
          row(transport, kind, flows: group.flows, packets: group.packets, bytes: group.bytes)
        }
        let rest = kinds.dropFirst(shown.count).map(\.group)
        if !rest.isEmpty {
          rows.append([
            transport.rawValue, verdictClass.rawValue, "(\(rest.count) others)",
            "\(rest.reduce(0) { $0 &+ $1.flows })", "\(rest.reduce(0) { $0 &+ $1.packets })",
            Amounts.bytes(rest.reduce(0) { $0 &+ $1.bytes }),
          ])
        }
        if let others = sums.others[verdictClass] {
          rows.append([transport.rawValue, verdictClass.rawValue, "(others)", "\(others)", "", ""])
        }
      }
    }
    guard !rows.isEmpty else { return [] }
    let head = ["over", "verdict", "application", "flows", "packets", "bytes"]
    let lines = Columns.lines([head] + rows, right: [3, 4, 5])
    return [paint(lines[0], .bold)] + lines.dropFirst()
  }

  private func row(
    _ transport: Transport, _ kind: TransportTally.Kind, flows: Int, packets: Int, bytes: Int
  ) -> [String] {
    var name = kind.application.map { Escaped.text($0) } ?? "-"
    if kind.isSpoofer { name = "(port spoofer)" }
    if let port = kind.servicePort { name += " (port \(port))" }
    if let tool = kind.tool { name += " (\(Escaped.text(tool)))" }
    return [
      transport.rawValue, kind.verdictClass.rawValue, name, "\(flows)", "\(packets)",
      Amounts.bytes(bytes),
    ]
  }
}
