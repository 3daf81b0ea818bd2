import Flows
import Packets

extension Recogniser {
  /// Z39.50 of libraries: BER units; the first is an initialise request with versions, options and sizes.
  static let z3950 = Recogniser(
    name: "z3950", title: "Z39.50", specification: "ANSI/NISO Z39.50-2003 appendix 4",
    transports: [.tcp],
    basis: [.built],
    length: { walk, _ throws(Misfit) in
      let tag = try walk.uint8()
      // Context tags 20 to 30 and 43 to 48, constructed.
      if tag == 0xbf {
        guard (43...48).contains(try walk.uint8()) else { throw .wrong }
      } else {
        guard (0xb4...0xbe).contains(tag) else { throw .wrong }
      }
      let length = try Z3950.length(&walk)
      return walk.offset + length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let tag = try walk.uint8()
      guard tag != 0xbf else { return nil }
      _ = try Z3950.length(&walk)
      var saying = Saying(what: "PDU")
      guard tag == 0xb4 || tag == 0xb5 else {
        // Search, present, delete: even tags ask, odd ones answer, and their fields fill them.
        guard message.isWhole, (0xb6...0xbb).contains(tag) else { return nil }
        while walk.remaining > 0 {
          let field = try walk.uint8()
          guard field & 0xc0 == 0x80 || field & 0xc0 == 0 else { throw .wrong }
          if field & 0x1f == 0x1f { try walk.skip(1) }
          try walk.skip(try Z3950.length(&walk))
        }
        saying.part = tag.isMultiple(of: 2) ? .request : .response
        return saying
      }
      saying.part = tag == 0xb4 ? .request : .response
      var tags: Set<UInt8> = []
      while walk.remaining > 0 {
        var tag = try walk.uint8()
        if tag & 0x1f == 0x1f { tag = try walk.uint8() }
        let value = try walk.take(try Z3950.length(&walk))
        tags.insert(tag)
        guard value.isWritten, !value.isEmpty else { continue }
        if tag == 111 { saying.facts.append(Fact(side == .client ? .userAgent : .server, value)) }
        if tag == 112 { saying.facts.append(Fact(.version, value)) }
      }
      guard tags.isSuperset(of: [0x83, 0x84, 0x85, 0x86]) else { throw .wrong }
      saying.isSufficient = true
      return saying
    })
}

private enum Z3950 {
  static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    let first = try walk.uint8()
    guard first & 0x80 != 0 else { return Int(first) }
    guard (1...3).contains(first & 0x7f) else { throw .wrong }
    return Int(try walk.number(Int(first & 0x7f)))
  }
}
