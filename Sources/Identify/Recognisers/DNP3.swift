import Flows
import Packets

extension Recogniser {
  /// DNP3: frames that start with 0x0564 and carry a checksum for the header and one for each sixteen bytes.
  static let dnp3 = Recogniser(
    name: "dnp3", title: "DNP3", specification: "IEEE 1815-2012 clause 9 (data link layer)",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([0x05, 0x64])
      let length = Int(try walk.uint8())
      guard length >= 5 else { throw .wrong }
      let data = length - 5
      return 10 + data + (data + 15) / 16 * 2
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      let header = try walk.take(8)
      guard DNP3.checksum(header) == (try walk.uint16()) else { throw .wrong }
      while walk.remaining > 2 {
        let block = try walk.take(min(16, walk.remaining - 2))
        if !message.isWhole, block.count < 16 { break }
        guard DNP3.checksum(block) == (try walk.uint16()) else { throw .wrong }
      }
      var place = ByteWalk(header.dropFirst(4), .little)
      let destination = try place.uint16()
      let source = try place.uint16()
      return Saying(
        isChecked: true, isSufficient: true,
        facts: [Fact(.from, "\(source)"), Fact(.to, "\(destination)")], what: "link frame")
    })
}

private enum DNP3 {
  /// The cyclic code with polynomial 0x3d65, bits in reverse, complemented.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    var value: UInt16 = 0
    for byte in bytes {
      value ^= UInt16(byte)
      for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0xa6bc : value >> 1 }
    }
    return ~value
  }
}
