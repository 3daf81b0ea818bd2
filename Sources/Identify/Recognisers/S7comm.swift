import Flows
import Packets

extension Recogniser {
  /// Siemens S7 communication on ISO transport: blocks that start with 0x32, the kind of the unit, its reference and the
  /// lengths of parameters and data.
  static let s7comm = Recogniser(
    name: "s7comm", title: "Siemens S7comm",
    specification: "RFC 1006; S7 protocol as documented by the Wireshark project's s7comm notes",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in try TPKT.length(&walk) },
    read: { message, _ throws(Misfit) in
      var units = message.walk()
      let unit = try TPKT.unit(&units)
      guard unit.type == 0xf0 else {
        guard unit.parameters != nil || !unit.isWhole else { throw .wrong }
        return nil
      }
      guard !unit.body.isEmpty else { return nil }
      var walk = ByteWalk(unit.body)
      if walk.peek() == 0x72 { return try S7.later(&walk) }
      try walk.expect([0x32])
      let kind = try walk.uint8()
      guard [1, 2, 3, 7].contains(kind) else { throw .wrong }
      try walk.expect([0, 0])
      let reference = try walk.uint16()
      let parameters = Int(try walk.uint16())
      let data = Int(try walk.uint16())
      if kind == 2 || kind == 3 { try walk.skip(2) }
      if message.isWhole { guard walk.remaining == parameters + data else { throw .wrong } }
      var saying = Saying(
        isSufficient: message.isWhole,
        what: "S7 header with function and lengths that fill the TPKT")
      // Either side may give jobs once the connection is set up: a controller asks for the blocks of a download.
      if walk.peek() == 0xf0 { saying.part = kind == 1 ? .request : .response }
      if kind != 7 { saying.echo = UInt64(reference) << 8 }
      if let function = walk.peek(), kind == 1 {
        saying.facts = [Fact(.method, S7.functions[function] ?? "function \(function)")]
      }
      return saying
    })
}

private enum S7 {
  static let functions: [UInt8: String] = [
    0x04: "read variable", 0x05: "write variable", 0x1a: "request download", 0x1b: "download block",
    0x1c: "download ended", 0x1d: "start upload", 0x1e: "upload", 0x1f: "end upload",
    0x28: "PLC control", 0x29: "PLC stop", 0xf0: "setup communication",
  ]

  /// The later form (S7-1200 and on): version, length, body, and the same marks again at its end.
  static func later(_ walk: inout ByteWalk) throws(Misfit) -> Saying? {
    try walk.expect([0x72])
    let version = try walk.uint8()
    guard (1...3).contains(version) || version >= 0xfe else { throw .wrong }
    let length = Int(try walk.uint16())
    guard length > 0, length <= walk.remaining else { return nil }
    try walk.skip(length)
    guard walk.remaining == 4 || walk.remaining == 0 else { throw .wrong }
    if walk.remaining == 4 { try walk.expect([0x72, version]) }
    return Saying(
      isSufficient: true, facts: [Fact(.version, "S7comm-plus \(version)")],
      what: "S7comm-plus header")
  }
}
