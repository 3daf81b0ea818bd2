import Digests

/// A line of a state file: an input that is done, and what was found in it.
public struct ResumeRecord: Sendable {
  /// The input as typed, as `RawPath` keeps it.
  public var path: String
  /// Whether it was found in a folder, where it need not be a capture.
  public var isFound: Bool
  /// Its size in bytes when it was read.
  public var size: Int64
  /// When it was changed last, in nanoseconds since 1970.
  public var modified: Int64
  /// Captures in it that were read.
  public var files: Int
  /// Those among them without a single frame.
  public var empty = 0
  /// Captures in it that could not be read, or were damaged.
  public var failed: Int
  /// What in it was no capture.
  public var skipped: Int
  /// What was counted.
  public var counters: DropsRecord
  /// The flows that were found.
  public var tally: Tally
  /// All counts of a line that was read, added up: bounds what sums of several lines can come to.
  public private(set) var weight = 0

  /// The layout of the lines; a reader refuses any other.
  private static let layout: JSONValue = 1
  /// What the counts of one line add up to at most.
  private static let heaviest = 1 << 60

  /// A record.
  public init(
    path: String, isFound: Bool, size: Int64, modified: Int64, files: Int, failed: Int,
    skipped: Int, counters: DropsRecord, tally: Tally
  ) {
    self.path = path
    self.isFound = isFound
    self.size = size
    self.modified = modified
    self.files = files
    self.failed = failed
    self.skipped = skipped
    self.counters = counters
    self.tally = tally
  }

  /// The line, with its end.
  public var line: [UInt8] {
    JSONValue.object([
      "path": .string(path), "in_folder": .bool(isFound), "size": .integer(size),
      "modified": .integer(modified), "times": tally.times,
      "found": .object([
        "files": .int(files), "empty": .int(empty), "failed": .int(failed),
        "skipped": .int(skipped),
        "counters": .object(counters.counts), "transports": tally.sums,
        "addresses": tally.addresses,
      ]),
    ]).line
  }

  /// The record of a line; nil when it is none, or holds what no run writes.
  public init?(line: [UInt8]) {
    guard let json = JSONValue(parsing: line), let path = json[path: "path"]?.text,
      !path.isEmpty, !path.unicodeScalars.contains("\0"),
      case .bool(let isFound)? = json[path: "in_folder"],
      let size = json[path: "size"]?.whole, let modified = json[path: "modified"]?.whole,
      let found = json[path: "found"], let weight = found.sum(most: Self.heaviest),
      let files = found[path: "files"]?.whole, let failed = found[path: "failed"]?.whole,
      let skipped = found[path: "skipped"]?.whole,
      let counters = found[path: "counters"].flatMap({ DropsRecord(counts: $0) }),
      let times = json[path: "times"], let sums = found[path: "transports"],
      let addresses = found[path: "addresses"],
      let tally = Tally(times: times, sums: sums, addresses: addresses)
    else { return nil }
    self.init(
      path: path, isFound: isFound, size: Int64(size), modified: Int64(modified), files: files,
      failed: failed, skipped: skipped, counters: counters, tally: tally)
    empty = found[path: "empty"]?.whole ?? 0
    self.weight = weight
  }

  /// The first line of a state file. `question` is everything that the findings hang on beside the inputs: those of one
  /// question can't be added to those of another.
  public static func head(question: [String]) -> [UInt8] {
    var hash = SHA256()
    for part in question {
      hash.update((Array(part.utf8) + [0]).span)
    }
    return JSONValue.object([
      "icwscan_state": layout, "question": .string(Base64.text(hash.finish())),
    ]).line
  }

  /// Whether a line is the first of a state file, of whatever question.
  public static func isHead(_ line: [UInt8]) -> Bool {
    JSONValue(parsing: line).map {
      $0[path: "icwscan_state"] == layout && $0[path: "question"]?.text != nil
    } ?? false
  }
}

extension JSONValue {
  /// All whole numbers in it added up; nil when one is negative or no whole number, or the sum goes beyond `most`.
  fileprivate func sum(most: Int) -> Int? {
    switch self {
    case .integer(let value): value >= 0 && value <= most ? Int(value) : nil
    case .unsigned, .number: nil
    case .null, .bool, .string, .bytes: 0
    case .array(let items): Self.sum(items, most: most)
    case .object(let object): Self.sum(object.members.map(\.value), most: most)
    }
  }

  private static func sum(_ values: [JSONValue], most: Int) -> Int? {
    var sum = 0
    for value in values {
      guard let part = value.sum(most: most - sum) else { return nil }
      sum += part
    }
    return sum
  }
}
