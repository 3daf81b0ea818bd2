/// One GIOP message: its header and the start of its body.
struct GIOPMessage {
  /// Message types (CORBA 3.3 part 2, table 9.3).
  enum Kind: UInt8 {
    case request = 0
    case reply = 1
    case cancelRequest = 2
    case locateRequest = 3
    case locateReply = 4
    case closeConnection = 5
    case messageError = 6
    case fragment = 7

    var isRequest: Bool { self == .request || self == .locateRequest }
    var isReply: Bool { self == .reply || self == .locateReply }
  }

  /// Minor version; the major one is 1.
  let minor: UInt8
  /// Message type.
  let kind: Kind
  /// Identifier of the request that it is or belongs to.
  private(set) var request: UInt32?
  /// Operation that a request names.
  private(set) var operation: ArraySlice<UInt8>?
  /// Status of a reply.
  private(set) var status: UInt32?
  /// Repository identifier of the exception that a reply carries.
  private(set) var exception: ArraySlice<UInt8>?

  /// Whether the body, too, was seen to be one.
  var hasBody: Bool {
    operation != nil || status != nil || kind == .locateRequest && request != nil
  }

  /// The length that a header tells.
  static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    _ = try header(&walk)
    let size = try walk.count32(atMost: 0x7fff_ffff)
    return size + 12
  }

  private static func header(_ walk: inout ByteWalk) throws(Misfit) -> (minor: UInt8, kind: Kind) {
    try walk.expect(Array("GIOP".utf8))
    try walk.expect([1])
    let minor = try walk.uint8()
    guard minor <= 3 else { throw .wrong }
    let flags = try walk.uint8()
    guard flags <= (minor == 0 ? 1 : 3) else { throw .wrong }
    walk.order = flags & 1 == 0 ? .big : .little
    guard let kind = Kind(rawValue: try walk.uint8()), kind != .fragment || minor > 0 else {
      throw .wrong
    }
    return (minor, kind)
  }

  /// A message; its body may end early when the message is not whole.
  init(_ message: MessageRun.Message) throws(Misfit) {
    var walk = message.walk()
    (minor, kind) = try Self.header(&walk)
    let size = try walk.uint32()
    if kind == .closeConnection || kind == .messageError, size != 0 { throw .wrong }
    do throws(Misfit) {
      switch kind {
      case .request: try readRequest(&walk)
      case .reply: try readReply(&walk)
      case .locateRequest, .cancelRequest: request = try walk.uint32()
      case .locateReply:
        request = try walk.uint32()
        let status = try walk.uint32()
        guard status <= 5 else { throw .wrong }
        self.status = status
      case .fragment where minor > 1: request = try walk.uint32()
      case .fragment, .closeConnection, .messageError: break
      }
    } catch {
      if error == .wrong || message.isWhole { throw .wrong }
    }
  }

  private mutating func readRequest(_ walk: inout ByteWalk) throws(Misfit) {
    if minor < 2 { try Self.passContexts(&walk) }
    let request = try walk.uint32()
    let flags = try walk.uint8()
    guard flags <= (minor < 2 ? 1 : 3) else { throw .wrong }
    // In 1.0 nothing is reserved here, but what follows is aligned just so.
    try walk.skip(3)
    if minor < 2 {
      try walk.skip(try walk.count32(atMost: 1 << 24))
    } else {
      try Self.passTarget(&walk)
    }
    try walk.align(4)
    let length = try walk.count32(atMost: 1024)
    guard length > 1 else { throw .wrong }
    let name = try walk.take(length)
    guard name.last == 0, name.dropLast().isIdentifier else { throw .wrong }
    self.request = request
    operation = name.dropLast()
  }

  private mutating func readReply(_ walk: inout ByteWalk) throws(Misfit) {
    if minor < 2 { try Self.passContexts(&walk) }
    let request = try walk.uint32()
    let status = try walk.uint32()
    guard status <= (minor < 2 ? 3 : 5) else { throw .wrong }
    self.request = request
    self.status = status
    guard status == 1 || status == 2 else { return }
    do throws(Misfit) {
      if minor >= 2 {
        try Self.passContexts(&walk)
        try walk.align(8)
      }
      let name = try walk.take(try walk.count32(atMost: 512))
      if name.last == 0, name.dropLast().isGraphic { exception = name.dropLast() }
    } catch {}
  }

  /// The target of a request since 1.2: an object key, a profile or a reference (section 9.4.2.3).
  private static func passTarget(_ walk: inout ByteWalk) throws(Misfit) {
    let form = try walk.uint16()
    try walk.align(4)
    switch form {
    case 0: try walk.skip(try walk.count32(atMost: 1 << 24))
    case 1:
      try walk.skip(4)
      try walk.skip(try walk.count32(atMost: 1 << 24))
    case 2:
      try walk.skip(4)
      try walk.skip(try walk.count32(atMost: 1 << 16))
      try walk.align(4)
      let profiles = try walk.count32(atMost: 64)
      for _ in 0..<profiles {
        try walk.align(4)
        try walk.skip(4)
        try walk.skip(try walk.count32(atMost: 1 << 24))
      }
    default: throw .wrong
    }
  }

  private static func passContexts(_ walk: inout ByteWalk) throws(Misfit) {
    let count = try walk.count32(atMost: 256)
    for _ in 0..<count {
      try walk.align(4)
      try walk.skip(4)
      try walk.skip(try walk.count32(atMost: 1 << 24))
    }
    try walk.align(4)
  }
}
