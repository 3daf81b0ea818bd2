import Flows
import Packets

extension Recogniser {
  /// TeamViewer over TCP: messages of a mark, a command and a length on both sides.
  static let teamViewer = Recogniser(
    name: "teamviewer", title: "TeamViewer",
    specification:
      "none published; headers as Wireshark's teamviewer notes and free analyses describe them",
    transports: [.tcp], basis: [.built],
    length: { walk, _ throws(Misfit) in
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
      message.isWhole ? Saying(what: "message of mark, command and a length that fills it") : nil
    })
}
