/// Rendered records that wait until those of all older flows are there, so that they come out in the order of the flows'
/// first packets. Bounded by its caller, who makes room when it is full.
struct RecordQueue {
  /// Records that may wait for an older one.
  static let mostRecords = 65_536
  /// Bytes of records that may wait for an older one.
  static let mostBytes = 16 * 1024 * 1024

  private var waiting: [Int: [UInt8]] = [:]
  private var bytes = 0
  /// The number of the flow whose record comes next.
  private(set) var next = 1

  /// Whether an older flow has to be told as it stands, to let the others pass.
  var isFull: Bool { waiting.count > Self.mostRecords || bytes > Self.mostBytes }

  /// Whether so little waits that no more older flows need to be told as they stand: well below full, so that making room
  /// is rare work.
  var hasRoom: Bool { waiting.count <= Self.mostRecords / 2 && bytes <= Self.mostBytes / 2 }

  /// Adds the record of flow `number`.
  mutating func add(_ number: Int, _ rendered: [UInt8]) {
    bytes += rendered.count - (waiting.updateValue(rendered, forKey: number)?.count ?? 0)
  }

  /// The next record, when it is there.
  mutating func takeNext() -> [UInt8]? {
    guard let rendered = waiting.removeValue(forKey: next) else { return nil }
    next += 1
    bytes -= rendered.count
    return rendered
  }

  /// All that wait, in their order, whatever lacks between them.
  mutating func takeRest() -> [[UInt8]] {
    let rest = waiting.sorted { $0.key < $1.key }.map(\.value)
    waiting = [:]
    bytes = 0
    return rest
  }
}
