import Flows
import Packets

extension Recogniser {
  /// Train real-time data protocol: a header of forty bytes that ends with its own checksum.
  static let trdp = Recogniser(
    name: "trdp", title: "TRDP", specification: "IEC 61375-2-3:2015 annex A.6",
    transports: [.tcp, .udp],
    basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      try walk.skip(4)
      guard try walk.uint16() >> 8 == 1 else { throw .wrong }
      let type = try walk.uint16()
      guard TRDP.names[type] != nil else { throw .wrong }
      try walk.skip(12)
      let length = try walk.count32(atMost: 65_536)
      let isProcess = type >> 8 == 0x50
      let padded = (isProcess ? 40 : 116) + (length + 3) / 4 * 4
      return isDatagram ? max(walk.offset, walk.offset + walk.remaining) : padded
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      let header = try walk.take(40)
      var fields = ByteWalk(header)
      try fields.skip(6)
      let type = try fields.uint16()
      let identifier = try fields.uint32()
      let size = type >> 8 == 0x50 ? 40 : 116
      var value: UInt32 = 0xffff_ffff
      // The header of message data is longer; its checksum stands at its end, too.
      for byte in message.bytes.prefix(size - 4) {
        value ^= UInt32(byte)
        for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
      }
      var end = ByteWalk(message.bytes.dropFirst(size - 4), .little)
      guard ~value == (try end.uint32()) else { throw .wrong }
      return Saying(
        part: [0x5072, 0x4d72].contains(type) ? .request : .either, isChecked: true,
        isSufficient: true, isOneWay: true,
        facts: [Fact(.message, TRDP.names[type] ?? ""), Fact(.topic, "ComId \(identifier)")],
        what: "header with checksum")
    })
}

private enum TRDP {
  /// Two letters each: process data and message data.
  static let names: [UInt16: String] = [
    0x5064: "process data", 0x5070: "process data reply", 0x5072: "process data request",
    0x5065: "process data error", 0x4d6e: "notification", 0x4d72: "request", 0x4d70: "reply",
    0x4d71: "reply with confirmation", 0x4d63: "confirm", 0x4d65: "message error",
  ]
}
