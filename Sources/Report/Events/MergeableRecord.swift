import Packets

/// A line of records as a run reads it that joins them.
public enum MergeableRecord: Sendable {
  /// A packet of the port, and the file that it came from; its digits are told at the file's end.
  case packet(Place, PortEvent)
  /// A file's end.
  case file(FileRecord)
  /// Something that went wrong.
  case error(ErrorRecord)
  /// The number of files that were no captures.
  case otherFiles(Int)
  /// A record that says nothing to such a run: what flows are is found anew.
  case other

  /// The file, or the archive and its member.
  public typealias Place = Origin.Place

  /// The record of a line; nil when it is none of this version of the schema, or lacks something.
  public init?(line: [UInt8]) {
    guard let json = JSONValue(parsing: line), let kind = json[path: "icwscan.record"]?.text,
      json[path: "icwscan.schema_version"] == ECS.schemaVersion
    else { return nil }
    let place = json[path: "log.file.path"]?.text.map {
      Place(
        file: Self.raw($0), member: json[path: "icwscan.member"]?.text.map(Self.raw))
    }
    switch RecordKind(rawValue: kind) {
    case .packet:
      guard let text = json[path: "icwscan.packet.event"]?.text else {
        self = .other
        return
      }
      guard let place, let bytes = Base64.bytes(text), let event = PortEvent(bytes: bytes) else {
        return nil
      }
      self = .packet(place, event)
    case .file:
      guard let place, let record = Self.file(json, place) else { return nil }
      self = .file(record)
    case .error:
      guard let record = Self.error(json) else { return nil }
      self = .error(record)
    case .summary:
      guard let others = (json[path: "icwscan.summary.other_files"] ?? 0).count else {
        return nil
      }
      self = .otherFiles(others)
    case .flow, .call, .socket, .drops, .group: self = .other
    case nil: return nil
    }
  }

  private static func file(_ json: JSONValue, _ place: Place) -> FileRecord? {
    guard let file = json[path: "icwscan.file"], let digits = file[path: "digits"]?.count,
      digits <= 9, var counters = file[path: "counters"].flatMap({ DropsRecord(counts: $0) })
    else { return nil }
    // The run that joins has a table of its own.
    counters.evicted = 0
    return FileRecord(
      origin: Origin(file: place.file, member: place.member, digits: digits),
      first: file[path: "first_nanoseconds"]?.whole.map { Timestamp(nanoseconds: Int64($0)) },
      counters: counters)
  }

  private static func error(_ json: JSONValue) -> ErrorRecord? {
    guard let error = json[path: "icwscan.error"],
      let kind = error[path: "kind"]?.text.flatMap(ErrorRecord.Kind.init(rawValue:))
    else { return nil }
    var record = ErrorRecord(
      kind, source: error[path: "source"]?.text.map(raw), message: error[path: "detail"]?.text,
      offset: error[path: "offset"]?.whole.map { Int64($0) },
      member: json[path: "icwscan.member"]?.text.map(raw))
    record.size = error[path: "size"]?.whole.map { Int64($0) }
    if let bytes = error[path: "left_out.bytes"]?.whole,
      let places = error[path: "left_out.places"]?.whole
    {
      record.leftOut = ErrorRecord.LeftOut(bytes: Int64(bytes), places: Int(places))
    }
    record.isUnpacked = error[path: "unpacked"] == .bool(true)
    return record
  }

  /// Whether a line that is no record of this version is one of another version.
  public static func isOfOtherVersion(line: [UInt8]) -> Bool {
    guard let version = JSONValue(parsing: line)?[path: "icwscan.schema_version"] else {
      return false
    }
    return version != ECS.schemaVersion
  }

  /// The bytes of a name: what was no UTF-8 stands as `\xNN` in records.
  private static func raw(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var raw: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]),
        index + 4 <= bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 2..<index + 4], as: UTF8.self), radix: 16),
        byte >= 0x80
      {
        raw.append(byte)
        index += 4
      } else {
        raw.append(bytes[index])
        index += 1
      }
    }
    return raw
  }
}
