/// How Thrift messages are laid out on the wire.
enum ThriftLayout: String {
  case binary = "binary"
  case framedBinary = "framed binary"
  case compact = "compact"
  case framedCompact = "framed compact"
  case framedOldBinary = "framed binary without version"
  case header = "header transport"

  /// The layout that a message's first bytes show.
  init(_ walk: ByteWalk) throws(Misfit) {
    var walk = walk
    if let start = try Self.unframed(walk) {
      self = start
      return
    }
    let length = try walk.count32(atMost: 0x3fff_ffff)
    guard length >= 4 else { throw .wrong }
    if walk.peek() == 0x0f {
      try walk.expect([0x0f, 0xff])
      self = .header
      return
    }
    switch try Self.unframed(walk) {
    case .binary: self = .framedBinary
    case .compact: self = .framedCompact
    default:
      // The oldest form has no version: the name's length, then the name.
      let name = try walk.count32(atMost: 255)
      guard name > 0, name + 9 < length else { throw .wrong }
      self = .framedOldBinary
    }
  }

  private static func unframed(_ walk: ByteWalk) throws(Misfit) -> ThriftLayout? {
    guard let first = walk.peek() else { throw .short }
    guard first == 0x80 || first == 0x82 else { return nil }
    guard let second = walk.peek(1) else { throw .short }
    if first == 0x80, second == 1 { return .binary }
    if first == 0x82, second & 0x1f == 1, (1...4).contains(second >> 5) { return .compact }
    throw .wrong
  }
}

/// One Thrift message: a call or what came back.
struct ThriftMessage {
  /// What a message is (`TMessageType`).
  enum Kind: UInt8 {
    case call = 1
    case reply = 2
    case exception = 3
    case oneway = 4
  }

  /// Call, reply, exception or one-way call; nil where a transform of the header transport hides it.
  private(set) var kind: Kind?
  /// The procedure.
  private(set) var name: ArraySlice<UInt8> = []
  /// Sequence identifier that the client chose.
  private(set) var sequence: UInt32 = 0
  /// The fields of the arguments or of the result.
  private(set) var fields: [ThriftField] = []
  /// Whether all of it was there.
  private(set) var isWhole = false

  /// Reads the next message and moves `walk` behind it; when `walk` ends within the arguments the message is not whole.
  init(_ walk: inout ByteWalk, _ layout: ThriftLayout) throws(Misfit) {
    switch layout {
    case .binary: try readBinary(&walk)
    case .compact: try readCompact(&walk)
    default:
      let length = try walk.count32(atMost: 0x3fff_ffff)
      let there = min(length, walk.remaining)
      var frame = try walk.walk(there)
      do throws(Misfit) {
        switch layout {
        case .framedBinary: try readBinary(&frame)
        case .framedCompact: try readCompact(&frame)
        case .header: try readHeader(&frame)
        default: try readOldBinary(&frame)
        }
      } catch {
        throw there == length ? .wrong : error
      }
      // In a whole frame the message is whole and ends where the frame does.
      if there == length, !isWhole || frame.remaining != 0 { throw .wrong }
      isWhole = there == length
    }
  }

  private mutating func readBinary(_ walk: inout ByteWalk) throws(Misfit) {
    try walk.expect([0x80, 0x01])
    // The third byte is unused; Facebook's own branch leaves it as it was.
    try walk.skip(1)
    kind = try Self.kind(try walk.uint8())
    name = try Self.name(&walk, try walk.count32(atMost: 255))
    sequence = try walk.uint32()
    try readFields(&walk, .binary)
  }

  private mutating func readOldBinary(_ walk: inout ByteWalk) throws(Misfit) {
    name = try Self.name(&walk, try walk.count32(atMost: 255))
    kind = try Self.kind(try walk.uint8())
    sequence = try walk.uint32()
    try readFields(&walk, .binary)
  }

  private mutating func readCompact(_ walk: inout ByteWalk) throws(Misfit) {
    try walk.expect([0x82])
    let second = try walk.uint8()
    guard second & 0x1f == 1 else { throw .wrong }
    kind = try Self.kind(second >> 5)
    sequence = UInt32(truncatingIfNeeded: try walk.variable(atMost: 5))
    let length = try walk.variable(atMost: 2)
    name = try Self.name(&walk, Int(length))
    try readFields(&walk, .compact)
  }

  /// The header transport of Apache's HeaderFormat.md: magic, flags, sequence, size of the header in words, protocol,
  /// transforms, info, then a message of that protocol.
  private mutating func readHeader(_ walk: inout ByteWalk) throws(Misfit) {
    try walk.expect([0x0f, 0xff])
    try walk.skip(2)
    let outer = try walk.uint32()
    let size = Int(try walk.uint16()) * 4
    guard size <= 16_384 else { throw .wrong }
    var header = try walk.walk(size)
    let encoding: UInt64
    let transforms: UInt64
    do throws(Misfit) {
      encoding = try header.variable(atMost: 2)
      transforms = try header.variable(atMost: 2)
      guard encoding == 0 || encoding == 2, transforms <= 5 else { throw .wrong }
      for _ in 0..<transforms {
        guard (1...6).contains(try header.variable(atMost: 2)) else { throw .wrong }
      }
    } catch {
      throw .wrong
    }
    if transforms == 0 {
      if encoding == 0 { try readBinary(&walk) } else { try readCompact(&walk) }
    } else {
      guard walk.remaining > 0 else { throw .short }
      try walk.skip(walk.remaining)
      isWhole = true
    }
    sequence = outer
  }

  private mutating func readFields(
    _ walk: inout ByteWalk, _ encoding: ThriftFields.Encoding
  ) throws(Misfit) {
    var reader = ThriftFields(encoding)
    do throws(Misfit) {
      fields = try reader.read(&walk)
      isWhole = true
    } catch .short {
      fields = []
    } catch {
      throw error
    }
  }

  private static func kind(_ value: UInt8) throws(Misfit) -> Kind {
    guard let kind = Kind(rawValue: value) else { throw .wrong }
    return kind
  }

  private static func name(_ walk: inout ByteWalk, _ length: Int) throws(Misfit) -> ArraySlice<
    UInt8
  > {
    guard (1...255).contains(length) else { throw .wrong }
    guard walk.rest.prefix(length).isIdentifier || walk.remaining == 0 else { throw .wrong }
    return try walk.take(length)
  }
}
