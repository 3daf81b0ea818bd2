public import Packets

/// A capture file that was read to its end, for a run that joins it with others.
public struct FileRecord: Sendable {
  /// The file, or the archive and its member.
  public var origin: Origin
  /// The time of its first frame; nil when it has none.
  public var first: Timestamp?
  /// What was counted in it.
  public var counters: DropsRecord

  /// A record.
  public init(origin: Origin, first: Timestamp?, counters: DropsRecord) {
    self.origin = origin
    self.first = first
    self.counters = counters
  }
}
