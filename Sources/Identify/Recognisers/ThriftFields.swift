/// A field of a Thrift structure.
struct ThriftField {
  /// What it holds, as far as recognition cares.
  enum Value {
    case number(Int64, bits: Int)
    case string(ArraySlice<UInt8>)
    case structure([ThriftField])
    case other
  }

  /// Its number.
  let identifier: Int
  /// Its value.
  let value: Value
}

/// Reads the fields of a Thrift structure, in the binary or in the compact encoding, to its stop byte.
struct ThriftFields {
  /// How numbers and types are written.
  enum Encoding {
    case binary
    case compact
  }

  /// Elements and fields that are looked at, all levels together.
  private static let most = 8192
  /// Levels of structures and containers.
  private static let deepest = 24

  private let encoding: Encoding
  private var left = Self.most

  init(_ encoding: Encoding) { self.encoding = encoding }

  /// The fields of the structure that begins here.
  mutating func read(_ walk: inout ByteWalk) throws(Misfit) -> [ThriftField] {
    try structure(&walk, 0)
  }

  private mutating func structure(_ walk: inout ByteWalk, _ depth: Int) throws(Misfit)
    -> [ThriftField]
  {
    guard depth < Self.deepest else { throw .wrong }
    var fields: [ThriftField] = []
    var last = 0
    while true {
      try spend()
      let head = try walk.uint8()
      if head == 0 { return fields }
      var type = head
      if encoding == .compact {
        type = head & 15
        if head >> 4 == 0 {
          last = Int(Self.unzigzag(try walk.variable(atMost: 3)))
        } else {
          last += Int(head >> 4)
        }
        guard type != 0 else { throw .wrong }
      } else {
        last = Int(Int16(truncatingIfNeeded: Int(try walk.uint16())))
      }
      guard (-32_768...32_767).contains(last) else { throw .wrong }
      let value = try value(&walk, type, depth, inContainer: false)
      if depth < 3 { fields.append(ThriftField(identifier: last, value: value)) }
    }
  }

  private mutating func value(
    _ walk: inout ByteWalk, _ type: UInt8, _ depth: Int, inContainer: Bool
  ) throws(Misfit) -> ThriftField.Value {
    try spend()
    return switch encoding {
    case .binary: try binary(&walk, type, depth)
    case .compact: try compact(&walk, type, depth, inContainer)
    }
  }

  private mutating func binary(
    _ walk: inout ByteWalk, _ type: UInt8, _ depth: Int
  ) throws(Misfit) -> ThriftField.Value {
    switch type {
    case 2:
      guard try walk.uint8() <= 1 else { throw .wrong }
      return .other
    case 3: return .number(Int64(Int8(truncatingIfNeeded: try walk.number(1))), bits: 8)
    case 6: return .number(Int64(Int16(truncatingIfNeeded: try walk.number(2))), bits: 16)
    case 8: return .number(Int64(Int32(truncatingIfNeeded: try walk.number(4))), bits: 32)
    case 10: return .number(Int64(truncatingIfNeeded: try walk.number(8)), bits: 64)
    case 4, 9: try walk.skip(8)
    case 19: try walk.skip(4)
    case 16: try walk.skip(16)
    case 11: return .string(try walk.take(try walk.count32(atMost: 0x3fff_ffff)))
    case 12: return .structure(try structure(&walk, depth + 1))
    case 13:
      let key = try walk.uint8()
      let value = try walk.uint8()
      let count = try walk.count32(atMost: 0xff_ffff)
      try elements(&walk, [key, value], count, depth)
    case 14, 15:
      let type = try walk.uint8()
      let count = try walk.count32(atMost: 0xff_ffff)
      try elements(&walk, [type], count, depth)
    default: throw .wrong
    }
    return .other
  }

  private mutating func compact(
    _ walk: inout ByteWalk, _ type: UInt8, _ depth: Int, _ inContainer: Bool
  ) throws(Misfit) -> ThriftField.Value {
    switch type {
    case 1, 2:
      if inContainer, try walk.uint8() > 2 { throw .wrong }
    case 3: return .number(Int64(Int8(truncatingIfNeeded: try walk.number(1))), bits: 8)
    case 4: return .number(Self.unzigzag(try walk.variable(atMost: 3)), bits: 16)
    case 5: return .number(Self.unzigzag(try walk.variable(atMost: 5)), bits: 32)
    case 6: return .number(Self.unzigzag(try walk.variable()), bits: 64)
    case 7: try walk.skip(8)
    case 8:
      let length = try walk.variable(atMost: 5)
      guard length <= 0x3fff_ffff else { throw .wrong }
      return .string(try walk.take(Int(length)))
    case 9, 10:
      let head = try walk.uint8()
      let count = head >> 4 == 15 ? try walk.variable(atMost: 4) : UInt64(head >> 4)
      try elements(&walk, [head & 15], Int(count), depth)
    case 11:
      let count = try walk.variable(atMost: 4)
      guard count > 0 else { break }
      let types = try walk.uint8()
      try elements(&walk, [types >> 4, types & 15], Int(count), depth)
    case 12: return .structure(try structure(&walk, depth + 1))
    case 13: try walk.skip(encoding == .compact ? 4 : 16)
    default: throw .wrong
    }
    return .other
  }

  private mutating func elements(
    _ walk: inout ByteWalk, _ types: [UInt8], _ count: Int, _ depth: Int
  ) throws(Misfit) {
    guard depth < Self.deepest else { throw .wrong }
    for _ in 0..<count {
      for type in types { _ = try value(&walk, type, depth + 1, inContainer: true) }
    }
  }

  /// A message with more elements than are looked at counts as cut there.
  private mutating func spend() throws(Misfit) {
    guard left > 0 else { throw .short }
    left -= 1
  }

  private static func unzigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
