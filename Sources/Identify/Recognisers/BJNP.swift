import Flows
import Packets

extension Recogniser {
  /// Canon's BJNP for printers and scanners: a magic word, kind of device, command, sequence, session and length.
  static let bjnp = Recogniser(
    name: "bjnp", title: "Canon BJNP",
    specification: "cups-bjnp and SANE pixma_bjnp_private.h: BJNP_command",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      let magic = try walk.take(4)
      guard ["BJNP", "MFNP", "BNJB"].contains(where: { magic.elementsEqual($0.utf8) }) else {
        throw .wrong
      }
      guard try walk.uint8() & 0x7c == 0 else { throw .wrong }
      try walk.skip(7)
      return 16 + (try walk.count32(atMost: 1 << 24))
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      let device = try walk.uint8()
      let command = try walk.uint8()
      try walk.skip(2)
      let sequence = try walk.uint16()
      guard (device & 0x80 != 0) == (side == .server) else { throw .wrong }
      let kind = ["", "printer", "scanner", "device 3"][Int(device & 3)]
      return Saying(
        part: side == .client ? .request : .response,
        echo: UInt64(sequence) << 16 | UInt64(command) << 8 | UInt64(device & 3),
        isSufficient: message.isWhole,
        facts: [Fact(.topic, kind), Fact(.method, "command \(command)")],
        what: "BJNP header with kind, command, sequence and length")
    })
}
