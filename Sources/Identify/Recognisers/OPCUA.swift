import Flows
import Packets

extension Recogniser {
  /// OPC UA's connection protocol: chunks of a three-letter type, a chunk letter and their size.
  static let opcua = Recogniser(
    name: "opcua", title: "OPC UA", specification: "OPC 10000-6 sections 6.7.2 and 7.1.2",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let type = try walk.take(3)
      let types = ["HEL", "ACK", "ERR", "RHE", "OPN", "CLO", "MSG"]
      guard types.contains(where: { type.elementsEqual($0.utf8) }) else { throw .wrong }
      guard try Array("FCA".utf8).contains(walk.uint8()) else { throw .wrong }
      let size = try walk.count32(atMost: 1 << 28)
      guard size >= 12 else { throw .wrong }
      return size
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      let type = String(decoding: try walk.take(3), as: UTF8.self)
      try walk.skip(5)
      var saying = Saying(isSufficient: true, what: type)
      switch type {
      case "HEL":
        saying.part = .request
        guard try walk.uint32() < 256 else { throw .wrong }
        let buffers = (try walk.uint32(), try walk.uint32())
        guard buffers.0 >= 1024, buffers.1 >= 1024 else { throw .wrong }
        try walk.skip(8)
        let endpoint = try walk.take(try walk.count32(atMost: 4096))
        guard endpoint.isWritten else { throw .wrong }
        saying.facts = [Fact(.path, endpoint)]
      case "ACK":
        saying.part = .response
        guard message.bytes.count == 28 || !message.isWhole else { throw .wrong }
      case "ERR":
        saying.part = .response
        saying.facts = [Fact(.error, "0x" + String(try walk.uint32(), radix: 16))]
      case "RHE": saying.part = .response
      case "OPN":
        try walk.skip(4)
        let policy = try walk.take(try walk.count32(atMost: 255))
        guard policy.isGraphic else { throw .wrong }
        saying.facts = [Fact(.cipher, policy)]
      default: try walk.skip(4)
      }
      return saying
    })
}
