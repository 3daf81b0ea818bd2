import Flows
import Packets

extension Recogniser {
  /// ANSI C12.22 meters: an ACSE unit with both application titles, the invocation and an EPSEM content.
  static let c1222 = Recogniser(
    name: "c1222", title: "ANSI C12.22",
    specification: "ANSI C12.22-2012 section 5.3.4 (IEEE 1703)",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([0x60])
      let length = try ACSE.length(&walk)
      guard length >= 8 else { throw .wrong }
      return walk.offset + length
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      try walk.skip(1)
      _ = try ACSE.length(&walk)
      var found: [UInt8: ArraySlice<UInt8>] = [:]
      while walk.remaining > 0 {
        let tag = try walk.uint8()
        guard [0xa1, 0xa2, 0xa3, 0xa4, 0xa6, 0xa7, 0xa8, 0x8b, 0xac, 0xbe, 0x9f].contains(tag),
          found[tag] == nil
        else { throw .wrong }
        found[tag] = try walk.take(try ACSE.length(&walk))
      }
      // The content is an octet string or an external that holds EPSEM: 0x28, then 0x81 or 0x80.
      guard let content = found[0xbe], content.first == 0x28,
        found[0xa2] != nil || found[0xa6] != nil,
        let invocation = found[0xa8] ?? found[0xa4]
      else { throw .wrong }
      var body = ByteWalk(content.dropFirst())
      let length = try ACSE.length(&body)
      guard length == body.remaining, [0x80, 0x81, 0x82].contains(body.peek() ?? 0) else {
        throw .wrong
      }
      var saying = Saying(isSufficient: true, what: "ACSE unit")
      // The answer repeats the invocation, as the called or as its own identifier.
      if found[0xa4] != nil { saying.part = .response }
      saying.echo = ACSE.number(found[0xa4] ?? invocation)
      return saying
    })
}

private enum ACSE {
  /// A length of BER.
  static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    let first = try walk.uint8()
    guard first & 0x80 != 0 else { return Int(first) }
    guard (1...3).contains(first & 0x7f) else { throw .wrong }
    return Int(try walk.number(Int(first & 0x7f)))
  }

  /// The integer in an invocation identifier.
  static func number(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    var walk = ByteWalk(bytes)
    guard (try? walk.uint8()) == 2, let length = try? walk.uint8(), (1...7).contains(length),
      let value = try? walk.number(Int(length)), walk.remaining == 0
    else { return nil }
    return value << 8 | 2
  }
}
