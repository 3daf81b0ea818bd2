/// A piece of a capture file, to be walked by whoever has time.
public struct Segment: Sendable {
  /// Its bytes, as offsets from the start of the capture: the records that begin there are its.
  let range: Range<UInt64>
  /// Whether it is known that a record begins where it begins.
  let beginsRecord: Bool
}
