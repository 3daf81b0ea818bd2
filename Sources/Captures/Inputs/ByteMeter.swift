/// Counts the bytes that inputs are read from, before anything is unpacked.
public final class ByteMeter {
  /// Bytes read so far.
  public private(set) var bytes: UInt64 = 0

  /// Nothing read yet.
  public init() {}

  /// Adds bytes that were read.
  public func add(_ count: Int) { bytes &+= UInt64(max(0, count)) }

  /// Counts what lies between two places of an input as read elsewhere, or, backwards, as not read yet.
  func move(from one: UInt64, to other: UInt64) { bytes = bytes &- one &+ other }
}
