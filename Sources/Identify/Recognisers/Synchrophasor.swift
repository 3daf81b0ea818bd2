import Flows
import Packets

extension Recogniser {
  /// Synchrophasor data (C37.118): frames with a sync word, their size, an identifier, a time and a checksum.
  static let synchrophasor = Recogniser(
    name: "synchrophasor", title: "IEEE C37.118 synchrophasor",
    specification: "IEEE C37.118.2-2011 section 6.2", transports: [.tcp, .udp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([0xaa])
      let type = try walk.uint8()
      guard type >> 4 <= 5, (1...3).contains(type & 15) else { throw .wrong }
      let size = Int(try walk.uint16())
      guard size >= 16 else { throw .wrong }
      return size
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      try walk.skip(1)
      let type = try walk.uint8() >> 4
      try walk.skip(2)
      let identifier = try walk.uint16()
      var checksum: UInt16 = 0xffff
      for byte in message.bytes.dropLast(2) {
        checksum ^= UInt16(byte) << 8
        for _ in 0..<8 {
          checksum = checksum & 0x8000 != 0 ? checksum << 1 ^ 0x1021 : checksum << 1
        }
      }
      var end = ByteWalk(message.bytes.suffix(2))
      guard checksum == (try end.uint16()) else { throw .wrong }
      let names = [
        "data", "header", "configuration 1", "configuration 2", "command", "configuration 3",
      ]
      return Saying(
        part: type == 4 ? .request : .either, isChecked: true, isSufficient: true,
        facts: [Fact(.message, names[Int(type)]), Fact(.topic, "stream \(identifier)")],
        what: "frame with checksum")
    })
}
