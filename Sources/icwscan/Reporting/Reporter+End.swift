import Captures
import Report

/// The end of a run: its summary, and the report that was asked for.
extension Reporter {
  /// Says what is read, for a report at the end.
  mutating func note(inputs: [String]) {
    for input in inputs {
      let input = RawPath.bytes(input)
      findings?.note(input: redactor?.redact(path: input) ?? input)
    }
  }

  /// The summary, sentence first, and the report of the whole run, where one was asked for.
  mutating func summary(_ record: SummaryRecord) throws(Output.Failure) {
    var record = redacted(record)
    record.grouping = grouping
    if isJSON {
      for group in grouping?.told ?? [] { try output.bytes(group.json.line) }
      try output.bytes(record.json.line)
    } else if !isDigest {
      heading = nil
      for line in text.summary(record) { try output.line(line) }
    }
    try conclude(record)
  }

  /// Writes the report of the whole run alone, where one was asked for; `summary` does so itself.
  mutating func report(_ record: SummaryRecord) throws(Output.Failure) {
    try conclude(redacted(record))
  }

  private func redacted(_ record: SummaryRecord) -> SummaryRecord {
    var record = record
    record.unread += unread.count
    record.inputs = named
    record.isJoined = joins
    record.options = options
    guard let redactor else { return record }
    record.owners = record.owners.map { redactor.redact($0) }
    record.counters = redactor.redact(record.counters)
    // Where it is part of a command, a made-up name would lead nowhere.
    record.namespace = record.namespace.map { _ in Array("NAME".utf8) }
    record.inputs = []
    record.redactOptions()
    record.isRedacted = true
    return record
  }

  private mutating func conclude(_ record: SummaryRecord) throws(Output.Failure) {
    guard let findings else { return }
    if isDigest {
      for line in MarkdownReport(summary: record, findings: findings).lines {
        try output.line(line)
      }
    }
    guard page != nil else { return }
    var record = record
    record.time = Clock.now
    let text = HTMLReport(
      summary: record, findings: findings, names: socketNames, version: Version.text
    ).text
    do throws(CaptureError) {
      try page?.write(text)
    } catch {
      hasLostReport = true
      try self.error(ErrorRecord(error))
    }
    page = nil
  }
}
