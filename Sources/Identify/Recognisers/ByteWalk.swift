/// Why bytes could not be read as a message.
enum Misfit: Error {
  /// They end before the message does.
  case short
  /// They contradict the message.
  case wrong
}

/// Walks bytes that nobody vouches for, first to last, in one byte order. A step that does not fit throws `Misfit.short`
/// and moves nothing. Unlike `Reader` it can be stored and copied.
struct ByteWalk {
  /// Which end of a number comes first.
  enum Order {
    case big
    case little
  }

  /// All bytes, passed or not.
  let bytes: ArraySlice<UInt8>
  /// The order of the numbers.
  var order: Order
  /// How many bytes have been passed.
  private(set) var offset = 0

  init(_ bytes: ArraySlice<UInt8>, _ order: Order = .big) {
    self.bytes = bytes
    self.order = order
  }

  init(_ bytes: [UInt8], _ order: Order = .big) {
    self.init(bytes[...], order)
  }

  /// How many bytes are left.
  var remaining: Int { bytes.count - offset }

  /// All bytes that are left.
  var rest: ArraySlice<UInt8> { bytes[(bytes.startIndex + offset)...] }

  /// A byte ahead, without passing it.
  func peek(_ ahead: Int = 0) -> UInt8? {
    ahead >= 0 && ahead < remaining ? bytes[bytes.startIndex + offset + ahead] : nil
  }

  /// Passes so many bytes.
  mutating func skip(_ count: Int) throws(Misfit) {
    guard count >= 0, count <= remaining else { throw .short }
    offset += count
  }

  /// Passes bytes until `offset` is a multiple of `alignment`.
  mutating func align(_ alignment: Int) throws(Misfit) {
    try skip((alignment - offset % alignment) % alignment)
  }

  /// The next bytes.
  mutating func take(_ count: Int) throws(Misfit) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw .short }
    defer { offset += count }
    let start = bytes.startIndex + offset
    return bytes[start..<start + count]
  }

  /// The next bytes as a walk of their own.
  mutating func walk(_ count: Int) throws(Misfit) -> ByteWalk {
    ByteWalk(try take(count), order)
  }

  /// The next bytes up to a NUL, which is passed too.
  mutating func terminated(most: Int = 4096) throws(Misfit) -> ArraySlice<UInt8> {
    let start = bytes.startIndex + offset
    let end = min(bytes.endIndex, start + most + 1)
    guard let stop = bytes[start..<end].firstIndex(of: 0) else {
      throw remaining > most ? .wrong : .short
    }
    offset += stop - start + 1
    return bytes[start..<stop]
  }

  /// The next bytes, which must be these.
  mutating func expect(_ expected: [UInt8]) throws(Misfit) {
    let found = rest.prefix(expected.count)
    guard expected.starts(with: found) else { throw .wrong }
    try skip(expected.count)
  }

  /// The next `count` (at most 8) bytes as a number.
  mutating func number(_ count: Int) throws(Misfit) -> UInt64 {
    let taken = try take(count)
    var value: UInt64 = 0
    switch order {
    case .big: for byte in taken { value = value << 8 | UInt64(byte) }
    case .little: for byte in taken.reversed() { value = value << 8 | UInt64(byte) }
    }
    return value
  }

  mutating func uint8() throws(Misfit) -> UInt8 { UInt8(truncatingIfNeeded: try number(1)) }
  mutating func uint16() throws(Misfit) -> UInt16 { UInt16(truncatingIfNeeded: try number(2)) }
  mutating func uint24() throws(Misfit) -> UInt32 { UInt32(truncatingIfNeeded: try number(3)) }
  mutating func uint32() throws(Misfit) -> UInt32 { UInt32(truncatingIfNeeded: try number(4)) }
  mutating func uint64() throws(Misfit) -> UInt64 { try number(8) }

  /// The next four bytes as a count or length.
  mutating func count32(atMost most: Int) throws(Misfit) -> Int {
    let count = Int(try uint32())
    guard count <= most else { throw .wrong }
    return count
  }

  /// A number of seven bits a byte, least significant first (LEB128), of at most `bytes` bytes.
  mutating func variable(atMost bytes: Int = 10) throws(Misfit) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<bytes {
      let byte = try uint8()
      if index < 10 { value |= UInt64(byte & 0x7f) << UInt64(7 * index) }
      if byte & 0x80 == 0 { return value }
    }
    throw .wrong
  }
}

extension ArraySlice<UInt8> {
  /// Whether every byte is printable ASCII.
  var isGraphic: Bool { allSatisfy { (0x20...0x7e).contains($0) } }

  /// Whether it is UTF-8 without control characters, white space aside.
  var isWritten: Bool {
    allSatisfy { $0 >= 0x20 && $0 != 0x7f || (9...13).contains($0) }
      && String(validating: self, as: UTF8.self) != nil
  }

  /// Whether it is a name as programming languages have them: letters, digits, `_`, `.`, `:`, `$`, no digit first.
  var isIdentifier: Bool {
    guard let first, !(0x30...0x39).contains(first) else { return false }
    return allSatisfy { byte in
      switch byte {
      case 0x30...0x3a, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2e, 0x24: true
      default: false
      }
    }
  }

  /// The bytes as UTF-16 with the least significant byte first, repaired; an odd last byte is left out.
  var asUTF16LittleEndian: String {
    var units: [UInt16] = []
    var index = startIndex
    while index + 1 < endIndex {
      units.append(UInt16(self[index]) | UInt16(self[index + 1]) << 8)
      index += 2
    }
    return String(decoding: units, as: UTF16.self)
  }
}
