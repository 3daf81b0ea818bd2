import Flows
import Packets

extension Recogniser {
  /// The network of the Nano currency: a header of network, three versions in order and a type, whose length is fixed for
  /// most.
  static let nano = Recogniser(
    name: "nano", title: "Nano",
    specification: "nano-node protocol specification (Kaitai), message header",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      try walk.expect([0x52])
      guard [0x41, 0x42, 0x43, 0x58].contains(try walk.uint8()) else { throw .wrong }
      let versions = try walk.take(3)
      let type = try walk.uint8()
      walk.order = .little
      let marks = try walk.uint16()
      guard let least = versions.last, let most = versions.first,
        let used = versions.dropFirst().first,
        least > 0, least <= used, used <= most, most < 64
      else { throw .wrong }
      let body: Int? =
        switch type {
        case 2: 144
        case 6: 64 + (marks & 1 == 0 ? 0 : 8)
        case 8: 40
        case 0x0a:
          (marks & 1 == 0 ? 0 : 32) + (marks & 2 == 0 ? 0 : marks & 4 == 0 ? 96 : 160)
        case 0x0c: 0
        case 0x0d: Int(marks & 0x3ff)
        case 3...5, 7, 0x0b, 0x0e...0x11: nil
        default: throw .wrong
        }
      guard let body else { return walk.offset + walk.remaining }
      if isDatagram { guard walk.remaining == body else { throw .wrong } }
      return 8 + body
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(2)
      let version = try walk.uint8()
      try walk.skip(2)
      let type = try walk.uint8()
      var saying = Saying(
        what: "message header with network, versions in order and the length of its type")
      // A handshake asks or answers with so many bytes; one alone of the others says too little.
      saying.isSufficient =
        message.isWhole && (type == 2 || type == 0x0a && message.bytes.count > 8)
      saying.facts = [Fact(.version, "\(version)")]
      return saying
    })
}
