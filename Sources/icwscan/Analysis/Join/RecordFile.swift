import Captures
import Glibc
import Packets
import Report

/// A file of records: what it holds is found in one reading, and its packets are read again when their turn comes.
struct RecordFile {
  /// The records of one input: of a capture, or of an archive's members.
  struct Section {
    /// The input as it was typed there.
    let path: [UInt8]
    /// Where its records begin.
    let start: Int64
    /// Where they end.
    var end: Int64
    /// The time of its first frame.
    var first: Timestamp?
    /// Decimal digits of a second, by member.
    var digits: [Origin.Place: Int] = [:]
    /// How many captures ended in it.
    var captures = 0
    /// Whether the end of its last file was seen.
    var isWhole = false
  }

  /// The inputs that its records tell of.
  private(set) var sections: [Section] = []
  /// What was counted in them.
  private(set) var totals = AnalysisTotals()
  /// What went wrong with those inputs, and with the records themselves.
  private(set) var errors: [ErrorRecord] = []
  /// Whether anything in it can be joined.
  private(set) var isMergeable = false
  private let name: String

  /// Reads a file through. `goesOn` is asked now and then; `meter` counts what need not be read once more twice.
  init(
    _ name: String, descriptor: Int32, meter: ByteMeter, goesOn: () -> Bool
  ) throws(CaptureError) {
    self.name = name
    var reader = LineReader(descriptor: descriptor, name: name)
    var number = 0
    var bad: (line: Int, offset: Int64)?
    var others = 0
    var isOfOtherVersion = false
    var isWhole = true
    while true {
      let offset = reader.offset
      guard let line = try reader.next() else { break }
      meter.add(Int(reader.offset - offset))
      number += 1
      if number % 1_024 == 0, !goesOn() {
        isWhole = false
        break
      }
      if line.isEmpty { continue }
      guard let record = MergeableRecord(line: line) else {
        if bad == nil {
          bad = (number, offset)
          isOfOtherVersion = MergeableRecord.isOfOtherVersion(line: line)
        } else {
          others += 1
        }
        continue
      }
      note(record, from: offset, to: reader.offset)
    }
    let readAgain = sections.reduce(0) { $0 + $1.end - $1.start }
    meter.add(Int(max(0, reader.offset - readAgain)))
    // Of what is something else altogether no line is worth a word.
    if let bad, isMergeable || isOfOtherVersion {
      let more = others > 0 ? ", and \(others) more" : ""
      errors.append(
        ErrorRecord(
          .damaged, source: RawPath.bytes(name),
          message: "line \(bad.line) is no record of this version\(more)", offset: bad.offset))
    }
    for section in sections where !section.isWhole {
      totals.filesRead += 1
      errors.append(
        ErrorRecord(
          .truncated, source: RawPath.bytes(name),
          message: "the records of \(Escaped.text(section.path)) have no end"))
    }
    if !isMergeable, !isOfOtherVersion, isWhole {
      errors.append(ErrorRecord(.notMergeable, source: RawPath.bytes(name)))
    }
  }

  private mutating func note(_ record: MergeableRecord, from start: Int64, to end: Int64) {
    switch record {
    case .packet(let place, _): extend(place.file, from: start, to: end, isEnd: false)
    case .file(let file):
      let path = file.origin.file ?? []
      extend(path, from: start, to: end, isEnd: true)
      let place = Origin.Place(file: path, member: file.origin.member)
      let last = sections.count - 1
      if sections[last].digits.isEmpty { sections[last].first = file.first }
      sections[last].digits[place] = file.origin.digits
      sections[last].captures += 1
      totals.addFile(file.counters)
    case .error(let error):
      errors.append(error)
      isMergeable = true
    case .otherFiles(let count): totals.skipped += count
    case .other: break
    }
  }

  private mutating func extend(_ path: [UInt8], from start: Int64, to end: Int64, isEnd: Bool) {
    isMergeable = true
    if sections.last?.path != path {
      sections.append(Section(path: path, start: start, end: end))
    }
    sections[sections.count - 1].end = end
    sections[sections.count - 1].isWhole = isEnd
  }
}

/// The packets of one input, read from its records.
final class RecordSource: EventSource {
  private let section: RecordFile.Section
  private var reader: LineReader
  private let meter: ByteMeter
  private var waiting: ArraySlice<JoinedEvent> = []
  /// Whether an archive's captures were read ahead, to be in the order of time as in the run that wrote them.
  private var hasGathered: Bool
  private let readAhead: ReadAhead
  /// What this source holds of it.
  private var ahead = 0
  let totals = AnalysisTotals()

  /// Reads a section of an open file of records, which it takes over.
  init(
    _ section: RecordFile.Section, descriptor: Int32, name: String, meter: ByteMeter,
    readAhead: ReadAhead
  ) {
    self.readAhead = readAhead
    self.section = section
    self.meter = meter
    hasGathered = section.captures < 2
    reader = LineReader(descriptor: descriptor, name: name, offset: section.start)
  }

  func next() throws -> JoinedEvent? {
    if !hasGathered { try gather() }
    if let event = waiting.popFirst() { return event }
    readAhead.give(ahead)
    ahead = 0
    while let record = try read() {
      if case .event(let event) = record { return event }
    }
    return nil
  }

  private enum Record {
    case event(JoinedEvent)
    case endOfCapture
  }

  private func gather() throws {
    hasGathered = true
    var gathered = GatheredEvents()
    defer {
      ahead += gathered.size
      waiting = gathered.takeOrdered()[...]
    }
    while readAhead.hasRoom, let record = try read() {
      switch record {
      case .event(let event): readAhead.take(gathered.add(event))
      case .endOfCapture: gathered.endCapture()
      }
    }
  }

  private func read() throws -> Record? {
    while reader.offset < section.end {
      let offset = reader.offset
      guard let line = try reader.next() else { break }
      meter.add(Int(reader.offset - offset))
      switch MergeableRecord(line: line) {
      case .packet(let place, let event):
        return .event(
          JoinedEvent(
            event: event,
            origin: Origin(
              file: place.file, member: place.member, digits: section.digits[place] ?? 6)))
      case .file: return .endOfCapture
      default: continue
      }
    }
    return nil
  }
}
