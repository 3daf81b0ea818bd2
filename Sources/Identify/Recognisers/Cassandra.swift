import Flows
import Packets

extension Recogniser {
  /// Cassandra's native protocol: frames of version, flags, stream, opcode and length; a response repeats the stream.
  static let cassandra = Recogniser(
    name: "cassandra", title: "Apache Cassandra (CQL)",
    specification: "Apache Cassandra native_protocol_v3.spec to v5.spec", transports: [.tcp],
    basis: [.built, .corpus], tolerated: 2,
    length: { walk, _ throws(Misfit) in
      let version = try walk.uint8()
      guard (1...6).contains(version & 0x7f) else { throw .wrong }
      guard try walk.uint8() <= 0x1f else { throw .wrong }
      // The stream has a byte in versions 1 and 2.
      try walk.skip(version & 0x7f < 3 ? 1 : 2)
      guard try walk.uint8() <= 0x10 else { throw .wrong }
      let length = try walk.count32(atMost: 256 << 20)
      return walk.offset + length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let version = try walk.uint8()
      guard (version & 0x80 != 0) == (side == .server) else { throw .wrong }
      let flags = try walk.uint8()
      let stream = version & 0x7f < 3 ? UInt64(try walk.uint8()) : UInt64(try walk.uint16())
      let code = try walk.uint8()
      let length = Int(try walk.uint32())
      let requests: Set<UInt8> = [0x01, 0x05, 0x07, 0x09, 0x0a, 0x0b, 0x0d, 0x0f, 0x04]
      guard requests.contains(code) == (side == .client) else { throw .wrong }
      var saying = Saying(
        part: side == .client ? .request : .response,
        what: "frame header with version, stream, operation and length")
      if code != 0x0c { saying.echo = stream << 8 }
      saying.facts = [Fact(.version, "\(version & 0x7f)")]
      guard flags & 1 == 0, message.isWhole else { return saying }
      switch code {
      case 0x05, 0x02: guard length == 0 else { throw .wrong }
      case 0x01:
        let options = try CQL.map(&walk)
        guard options["CQL_VERSION"] != nil else { throw .wrong }
        if let driver = options["DRIVER_NAME"] { saying.facts.append(Fact(.userAgent, driver)) }
        saying.isSufficient = true
      case 0x06:
        let count = try walk.uint16()
        guard count > 0, try CQL.string(&walk).isIdentifier else { throw .wrong }
        saying.isSufficient = true
      case 0x07:
        let text = try walk.take(try walk.count32(atMost: 1 << 24))
        guard text.isWritten else { throw .wrong }
        saying.facts.append(Fact(.message, text))
      case 0x00:
        try walk.skip(4)
        saying.facts.append(Fact(.error, try CQL.string(&walk)))
      case 0x03: guard try CQL.string(&walk).isIdentifier else { throw .wrong }
      default: break
      }
      return saying
    })
}

private enum CQL {
  static func string(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    let text = try walk.take(Int(try walk.uint16()))
    guard text.isWritten else { throw .wrong }
    return text
  }

  /// A string map that fills the frame.
  static func map(_ walk: inout ByteWalk) throws(Misfit) -> [String: ArraySlice<UInt8>] {
    var map: [String: ArraySlice<UInt8>] = [:]
    let count = try walk.uint16()
    guard count <= 64 else { throw .wrong }
    for _ in 0..<count {
      let key = try string(&walk)
      map[String(decoding: key, as: UTF8.self)] = try string(&walk)
    }
    guard walk.remaining == 0 else { throw .wrong }
    return map
  }
}
