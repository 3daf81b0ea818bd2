import Packets
import Verdicts

extension TextReport {
  /// The sentence, then classes and applications with their numbers, then what was counted.
  public func summary(_ record: SummaryRecord) -> [String] {
    var lines = sentences(tally: record.tally, owners: record.owners, port: record.port)
    lines += record.grouping.map { groups($0) } ?? table(record.tally)
    if let first = record.tally.first, let last = record.tally.last {
      let digits = record.tally.digits
      lines.append(
        "from \(Times.rfc3339(first, digits: digits)) to \(Times.rfc3339(last, digits: digits))"
          + " (\(Times.duration(last.nanoseconds(since: first))))")
    }
    let counts =
      leftOut(record.tally) + files(record) + doneBefore(record) + drops(record.counters)
    return lines + counts.flatMap { laid($0) } + next(record)
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

  /// How many files there were, when it was not just the one that was named.
  private func files(_ record: SummaryRecord) -> [String] {
    guard let files = record.files, let others = record.otherFiles, files > 1 || others > 0 else {
      return []
    }
    let passed =
      others > 0
      ? "; \(Amounts.count(others, "other file")) in folders and archives passed over" : ""
    return [Amounts.count(files, "capture file") + " read" + passed]
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
    lines += counters.sortedUnread.map { unread in
      "\(Amounts.count(unread.count, "frame")) not read: "
        + "\(LayerWords.of(unread.layer)), \(LayerWords.of(unread.reason))"
    }
    return lines
  }

  private func table(_ tally: Tally) -> [String] {
    var rows: [[String]] = []
    for transport in Transport.allCases {
      guard let sums = tally.transports[transport] else { continue }
      for verdictClass in Sentence.order {
        for (kind, group) in sums.sorted(verdictClass) {
          rows.append(
            row(transport, kind, flows: group.flows, packets: group.packets, bytes: group.bytes))
        }
        if let others = sums.others[verdictClass] {
          rows.append([
            transport.rawValue, verdictClass.rawValue, "(others)", Amounts.count(others, "flow"),
            "", "",
          ])
        }
      }
    }
    guard !rows.isEmpty else { return [] }
    return Columns.lines(rows, right: [3, 4, 5])
  }

  private func row(
    _ transport: Transport, _ kind: TransportTally.Kind, flows: Int, packets: Int, bytes: Int
  ) -> [String] {
    var name = kind.application.map { Escaped.text($0) } ?? "-"
    if kind.isSpoofer { name = "(port spoofer)" }
    if let port = kind.servicePort { name += " (port \(port))" }
    if let tool = kind.tool { name += " (\(Escaped.text(tool)))" }
    return [
      transport.rawValue, kind.verdictClass.rawValue, name, Amounts.count(flows, "flow"),
      Amounts.count(packets, "packet"), Amounts.bytes(bytes),
    ]
  }
}
