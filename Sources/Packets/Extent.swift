/// The stretch of a frame that belongs to one layer: where it begins, where it ends on the wire, and how much of that
/// was captured.
///
/// Offsets always count from the frame's first byte, so that a payload's place needs no translation. The end may lie
/// behind the captured bytes (the snapshot length cut them); it never lies before the beginning.
struct Extent: ~Escapable {
  /// The bytes of the whole frame.
  let bytes: Span<UInt8>
  /// Where the layer begins.
  private(set) var offset: Int
  /// Where it ends on the wire.
  private(set) var end: Int

  /// All of a frame that was `length` bytes long on the wire.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, length: Int) {
    self.bytes = bytes
    offset = 0
    end = max(length, bytes.count)
  }

  /// Bytes on the wire.
  var length: Int { end - offset }

  /// Bytes that were captured.
  var captured: Int { max(0, min(end, bytes.count) - offset) }

  /// Insists on `count` captured bytes for the header of `layer`.
  func require(_ count: Int, _ layer: Malformed.Layer) throws(Malformed) {
    guard captured < count else { return }
    throw Malformed(layer, length < count ? .short : .cut, needed: count, had: captured)
  }

  /// The byte at a distance from the beginning; zero where nothing was captured (ask `require` first).
  @inline(__always) func uint8(_ distance: Int) -> UInt8 {
    let index = offset &+ distance
    return index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// Two bytes at a distance from the beginning; zero where not both were captured, as with all numbers below.
  @inline(__always) func uint16(_ distance: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: number(distance, 2))
  }

  /// Four bytes at a distance from the beginning.
  @inline(__always) func uint32(_ distance: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: number(distance, 4))
  }

  /// Six bytes at a distance from the beginning.
  @inline(__always) func uint48(_ distance: Int) -> UInt64 { number(distance, 6) }

  /// Sixteen bytes at a distance from the beginning.
  @inline(__always) func uint128(_ distance: Int) -> UInt128 {
    UInt128(number(distance, 8)) << 64 | UInt128(number(distance + 8, 8))
  }

  /// So many bytes as a number, checked once.
  @inline(__always) private func number(_ distance: Int, _ count: Int) -> UInt64 {
    let start = offset &+ distance
    guard start >= 0, start <= bytes.count &- count else { return 0 }
    var value: UInt64 = 0
    var index = start
    while index < start &+ count {
      value = value << 8 | UInt64(bytes[index])
      index &+= 1
    }
    return value
  }

  /// Passes a header; never moves behind the end.
  mutating func advance(_ count: Int) {
    offset = min(end, offset &+ max(0, count))
  }

  /// Sets the end `count` bytes behind the beginning, as a length field says. A field that promises more than the layer
  /// around it holds is believed, as if the capture had cut the rest.
  mutating func restrict(to count: Int) {
    end = offset &+ max(0, count)
  }
}
