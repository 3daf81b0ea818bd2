/// Counts the bytes that inputs are read from, before anything is unpacked.
public final class ByteMeter {
  /// Bytes read so far.
  public private(set) var bytes: UInt64 = 0

  /// Nothing read yet.
  public init() {}

  /// Adds bytes that were read.
  func add(_ count: Int) { bytes &+= UInt64(max(0, count)) }
}
