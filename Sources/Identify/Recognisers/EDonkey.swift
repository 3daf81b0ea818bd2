import Flows
import Packets

extension Recogniser {
  /// eDonkey and eMule: messages of a protocol byte, a length and an operation; a hello tells hash, address and tags. Over
  /// UDP the questions to servers and clients and the Kademlia network, whose operations have lengths of their own.
  static let edonkey = Recogniser(
    name: "edonkey", title: "eDonkey/eMule",
    specification:
      "Kulbak and Bickson: The eMule Protocol Specification, sections 2, 4 and 6; eMule's Opcodes.h for Kademlia",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { return walk.remaining }
      guard [0xe3, 0xc5, 0xd4].contains(try walk.uint8()) else { throw .wrong }
      walk.order = .little
      let length = try walk.count32(atMost: 1 << 22)
      guard length >= 1 else { throw .wrong }
      return length + 5
    },
    read: { message, side throws(Misfit) in
      if message.isDatagram { return try EDonkeyDatagram.read(message) }
      var walk = message.walk(.little)
      let family = try walk.uint8()
      try walk.skip(4)
      let operation = try walk.uint8()
      var saying = Saying(what: "message header with protocol, length and operation")
      guard family == 0xe3 else { return saying }
      switch operation {
      case 0x01, 0x4c:
        // A hello between clients has the length of the hash in front; one to a server has not.
        if walk.peek() == 0x10 || operation == 0x4c { try walk.skip(operation == 0x01 ? 1 : 0) }
        let hash = try walk.take(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try walk.skip(6)
        let tags = try walk.uint32()
        guard tags <= 32 else { throw .wrong }
        saying.part = operation == 0x01 ? .request : .response
        saying.facts = [Fact(.hash, hash)]
        for _ in 0..<tags {
          let type = try walk.uint8()
          guard type & 0x7f <= 0x20 else { throw .wrong }
          guard type == 2 || type == 3 else { break }
          let name = try walk.take(Int(try walk.uint16()))
          if type == 3 {
            try walk.skip(4)
          } else {
            let value = try walk.take(Int(try walk.uint16()))
            if name.elementsEqual([1]), value.isWritten { saying.facts.append(Fact(.user, value)) }
          }
        }
        saying.isSufficient = tags > 0
      case 0x40:
        guard message.bytes.count >= 10 else { throw .wrong }
        saying.part = .response
      case 0x38:
        let text = try walk.take(Int(try walk.uint16()))
        guard text.isWritten else { throw .wrong }
        saying.part = .response
        saying.facts = [Fact(.server, text)]
      default: break
      }
      return saying
    })
}
