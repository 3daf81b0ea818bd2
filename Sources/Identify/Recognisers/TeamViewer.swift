import Flows
import Packets

extension Recogniser {
  /// TeamViewer: messages of a mark, a command and a length on both sides; over UDP behind eleven bytes that begin with 0.
  static let teamViewer = Recogniser(
    name: "teamviewer", title: "TeamViewer",
    specification:
      "none published; headers as Wireshark's teamviewer notes and free analyses describe them",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { return walk.remaining }
      walk.order = .little
      switch (try walk.uint8(), try walk.uint8()) {
      case (0x17, 0x24):
        guard (0x0a...0x50).contains(try walk.uint8()) else { throw .wrong }
        return 5 + Int(try walk.uint16())
      case (0x11, 0x30):
        try walk.skip(2)
        return 8 + (try walk.count32(atMost: 1 << 24))
      default: throw .wrong
      }
    },
    read: { message, _ throws(Misfit) in
      if message.isDatagram {
        var walk = message.walk(.little)
        guard try walk.uint8() == 0 else {
          guard message.offset > 0 else { throw .wrong }
          return nil
        }
        try walk.skip(10)
        try walk.expect([0x17, 0x24])
        guard (0x0a...0x50).contains(try walk.uint8()), Int(try walk.uint16()) == walk.remaining
        else { throw .wrong }
        return Saying(what: "message of mark, command and a length that fills the datagram")
      }
      return message.isWhole
        ? Saying(what: "message of mark, command and a length that fills it") : nil
    })
}
