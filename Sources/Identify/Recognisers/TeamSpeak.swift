import Flows
import Packets

extension Recogniser {
  /// TeamSpeak 3's opening, and packets of TeamSpeak 2, which carry a checksum.
  static let teamSpeak = Recogniser(
    name: "teamspeak", title: "TeamSpeak 2 and 3",
    specification:
      "ReSpeak's ts3protocol.md, low-level initiation; packet-teamspeak2 of Wireshark for version 2",
    transports: [.udp], basis: [.built],
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      if message.bytes.starts(with: "TS3INIT1".utf8) {
        try walk.skip(8)
        guard try walk.uint16() == 0x65 else { throw .wrong }
        var saying = Saying(what: "initiation")
        // A client's header has its number, 0 as yet; then type 8 unencrypted, the version, a step.
        if message.bytes.count >= 13, message.bytes.dropFirst(12).first == 0x88 {
          try walk.expect([0, 0, 0x88])
          try walk.skip(4)
          let step = try walk.uint8()
          guard step % 2 == 0, step <= 4 else { throw .wrong }
          saying.part = .request
          saying.isSufficient = step == 0 && walk.remaining == 16 && message.isWhole
        } else {
          try walk.expect([0x88])
          guard [1, 3, 127].contains(try walk.uint8()) else { throw .wrong }
          saying.part = .response
        }
        return saying
      }
      // Version 2: class, type, session, client, number, checksum of all with its own place zero.
      guard message.bytes.count >= 20, message.isWhole else {
        guard message.offset > 0 else { throw .wrong }
        return nil
      }
      let kind = try walk.uint16()
      guard (0xf0be...0xf8be).contains(kind), kind & 0xff == 0xbe else {
        // What follows the opening is encrypted.
        guard message.offset > 0 else { throw .wrong }
        return nil
      }
      var copy = Array(message.bytes)
      var sum: UInt32 = 0
      for index in (16..<20).reversed() {
        sum = sum << 8 | UInt32(copy[index])
        copy[index] = 0
      }
      guard sum == Checksums.crc32(copy) else {
        guard message.offset > 0 else { throw .wrong }
        return nil
      }
      return Saying(isChecked: true, what: "packet header and checksum")
    })
}
