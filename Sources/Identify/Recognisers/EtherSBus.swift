import Flows
import Packets

extension Recogniser {
  /// SAIA Ether-S-Bus: length, version, protocol, sequence and attribute, then the telegram and its checksum.
  static let etherSBus = Recogniser(
    name: "ether-s-bus", title: "SAIA Ether-S-Bus",
    specification: "SAIA-Burgess S-Bus; layout as in Wireshark's packet-sbus",
    transports: [.udp], basis: [.built],
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      guard Int(try walk.uint32()) == message.bytes.count, message.bytes.count >= 11 else {
        throw .wrong
      }
      guard try walk.uint8() <= 1, try walk.uint8() <= 1 else { throw .wrong }
      let sequence = try walk.uint16()
      let attribute = try walk.uint8()
      guard attribute <= 2 else { throw .wrong }
      var value: UInt16 = 0
      for byte in message.bytes.dropLast(2) {
        value ^= UInt16(byte) << 8
        for _ in 0..<8 { value = value & 0x8000 != 0 ? value << 1 ^ 0x1021 : value << 1 }
      }
      var end = ByteWalk(message.bytes.suffix(2))
      guard value == (try end.uint16()) else { throw .wrong }
      return Saying(
        part: attribute == 0 ? .request : .response, echo: UInt64(sequence) << 8 | 1,
        isChecked: true,
        isSufficient: true, what: "telegram with checksum")
    })
}
