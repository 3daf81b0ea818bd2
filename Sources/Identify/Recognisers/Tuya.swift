import Flows
import Packets

extension Recogniser {
  /// Tuya's devices: a prefix, number, command and length, a checksum, a suffix.
  static let tuya = Recogniser(
    name: "tuya", title: "Tuya smart home",
    specification: "none published; frames as the free client tinytuya documents them",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, _ throws(Misfit) in
      switch try walk.uint32() {
      case 0x55aa:
        try walk.skip(8)
        let length = try walk.count32(atMost: 1 << 16)
        guard length >= 8 else { throw .wrong }
        return length + 16
      case 0x6699:
        try walk.expect([0, 0])
        try walk.skip(8)
        let length = try walk.count32(atMost: 1 << 16)
        guard length >= 28 else { throw .wrong }
        return length + 22
      default: throw .wrong
      }
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      let isOlder = try walk.uint32() == 0x55aa
      try walk.skip(isOlder ? 4 : 6)
      let command = try walk.uint32()
      guard command <= 0x100 else { throw .wrong }
      guard message.isWhole else { return nil }
      let suffix: [UInt8] = isOlder ? [0, 0, 0xaa, 0x55] : [0, 0, 0x99, 0x66]
      guard message.bytes.suffix(4).elementsEqual(suffix) else { throw .wrong }
      let sum = message.bytes.dropLast(4).suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      var saying = Saying(
        isSufficient: true, what: "frame between prefix and suffix, with length and checksum")
      saying.isChecked = isOlder && sum == Checksums.crc32(message.bytes.dropLast(8))
      saying.facts = [Fact(.method, "command \(command)")]
      return saying
    })
}
