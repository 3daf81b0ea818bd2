/// Walks bytes that nobody vouches for, from the first to the last; every step checks.
///
/// Network byte order unless the name says otherwise. A step that does not fit returns nil and moves nothing, so a
/// caller can tell "not enough yet" from "wrong".
public struct Reader: ~Escapable {
  private let bytes: Span<UInt8>
  /// How many bytes have been passed.
  public private(set) var offset = 0

  /// A reader at the first of `bytes`.
  @_lifetime(copy bytes)
  @inlinable public init(_ bytes: Span<UInt8>) {
    self.init(walking: bytes)
  }

  @_lifetime(copy bytes)
  @usableFromInline init(walking bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  /// How many bytes are left.
  public var remaining: Int { bytes.count - offset }

  /// Passes so many bytes; false, and nothing passed, when fewer are left.
  public mutating func skip(_ count: Int) -> Bool {
    guard count >= 0, count <= remaining else { return false }
    offset += count
    return true
  }

  /// Moves to an absolute offset, forwards or back; false when it lies outside.
  public mutating func seek(to position: Int) -> Bool {
    guard position >= 0, position <= bytes.count else { return false }
    offset = position
    return true
  }

  /// The next byte without passing it.
  public func peek(_ ahead: Int = 0) -> UInt8? {
    ahead >= 0 && ahead < remaining ? bytes[offset + ahead] : nil
  }

  /// The next byte.
  public mutating func uint8() -> UInt8? {
    guard remaining >= 1 else { return nil }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// The next two bytes as a number.
  public mutating func uint16() -> UInt16? {
    number(2).map { UInt16(truncatingIfNeeded: $0) }
  }

  /// The next three bytes as a number.
  public mutating func uint24() -> UInt32? {
    number(3).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The next four bytes as a number.
  public mutating func uint32() -> UInt32? {
    number(4).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The next eight bytes as a number.
  public mutating func uint64() -> UInt64? {
    number(8)
  }

  /// The next two bytes, least significant first.
  public mutating func uint16LittleEndian() -> UInt16? { uint16()?.byteSwapped }

  /// The next four bytes, least significant first.
  public mutating func uint32LittleEndian() -> UInt32? { uint32()?.byteSwapped }

  /// The next eight bytes, least significant first.
  public mutating func uint64LittleEndian() -> UInt64? { uint64()?.byteSwapped }

  /// The next `count` bytes as a span of their own.
  @_lifetime(copy self)
  public mutating func take(_ count: Int) -> Span<UInt8>? {
    guard count >= 0, count <= remaining else { return nil }
    defer { offset += count }
    return bytes.extracting(offset..<offset + count)
  }

  /// The next `count` bytes, copied; nil, and nothing passed, when fewer are left.
  package mutating func copy(_ count: Int) -> [UInt8]? {
    guard let span = take(count) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in span.indices { bytes.append(span[index]) }
    return bytes
  }

  /// All bytes that are left.
  @_lifetime(copy self)
  public mutating func rest() -> Span<UInt8> {
    defer { offset = bytes.count }
    return bytes.extracting(offset..<bytes.count)
  }

  private mutating func number(_ count: Int) -> UInt64? {
    guard remaining >= count else { return nil }
    var value: UInt64 = 0
    for index in offset..<offset + count { value = value << 8 | UInt64(bytes[index]) }
    offset += count
    return value
  }
}
