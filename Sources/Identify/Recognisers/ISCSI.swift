import Flows
import Packets

extension Recogniser {
  /// iSCSI: protocol data units with a header of 48 bytes; log-ins carry keys and values, and every response repeats its
  /// request's task tag.
  static let iscsi = Recogniser(
    name: "iscsi", title: "Internet SCSI", specification: "RFC 7143 sections 11.2, 11.12, 11.13",
    transports: [.tcp], basis: [.recorded, .built], tolerated: 1,
    length: { walk, _ throws(Misfit) in
      let code = try walk.uint8()
      guard ISCSI.codes.contains(code & 0x3f), code & 0x80 == 0 else { throw .wrong }
      try walk.skip(3)
      let additional = Int(try walk.uint8()) * 4
      let data = Int(try walk.uint24())
      // What is negotiated is 256 KiB at most in practice; nothing but read and written data has so much.
      guard data <= 1 << 18 || code & 0x3f == 5 || code & 0x3f == 0x25 else { throw .wrong }
      return 48 + additional + (data + 3) / 4 * 4
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      let code = try walk.uint8()
      var saying = Saying(what: "basic header segment and its data")
      saying.part = code & 0x20 == 0 ? .request : .response
      let flags = try walk.uint8()
      let versions = (try walk.uint8(), try walk.uint8())
      let additional = Int(try walk.uint8()) * 4
      let length = Int(try walk.uint24())
      try walk.skip(8)
      let tag = try walk.uint32()
      if tag != .max { saying.echo = UInt64(tag) }
      guard code & 0x3f == 3 || code & 0x3f == 0x23 else { return saying }
      // Log-in: both versions are 0, stages rise.
      let (stage, next) = (flags >> 2 & 3, flags & 3)
      guard versions == (0, 0), stage != 2, flags & 0xc0 != 0xc0, flags & 0x80 == 0 || next > stage,
        flags & 0x30 == 0
      else { throw .wrong }
      try walk.skip(28 + additional)
      let keys = try ISCSI.keys(walk.take(length))
      if let name = keys["InitiatorName"] {
        saying.facts.append(Fact(.clientID, name))
        saying.isSufficient = true
      }
      if let name = keys["TargetName"] { saying.facts.append(Fact(.topic, name)) }
      if keys["TargetPortalGroupTag"] != nil { saying.isSufficient = true }
      return saying
    })
}

private enum ISCSI {
  /// Operation codes of initiators and of targets.
  static let codes: Set<UInt8> = Set(0x00...0x06).union([0x10]).union(0x20...0x26)
    .union([0x31, 0x32, 0x3f])

  /// Keys and values, each ended by a NUL, that fill a text segment (RFC 7143 section 6.1).
  static func keys(_ bytes: ArraySlice<UInt8>) throws(Misfit) -> [String: ArraySlice<UInt8>] {
    var found: [String: ArraySlice<UInt8>] = [:]
    guard bytes.last ?? 0 == 0 else { throw .wrong }
    for pair in bytes.split(separator: 0, omittingEmptySubsequences: true) {
      guard found.count < 128, pair.isWritten, let sign = pair.firstIndex(of: 0x3d),
        pair[..<sign].isIdentifier
      else { throw .wrong }
      found[pair[..<sign].asText] = pair[(sign + 1)...]
    }
    return found
  }
}
