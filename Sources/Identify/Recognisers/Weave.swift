import Flows
import Packets

extension Recogniser {
  /// Nest's Weave over TCP: each message behind its length, with its sender's and its receiver's number, which the other
  /// side has the other way round.
  static let weave = Recogniser(
    name: "nestlogsink", title: "Nest Weave (log upload)",
    specification: "openweave-core source, WeaveMessageLayer.cpp",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let length = Int(try walk.uint16())
      guard length >= 24 else { throw .wrong }
      _ = try Weave.nodes(&walk)
      return length + 2
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      try walk.skip(2)
      let nodes = try Weave.nodes(&walk)
      // Both directions have one sum, whoever sends.
      let digits = String(nodes.source, radix: 16)
      return Saying(
        echo: nodes.source &+ nodes.destination, isSufficient: false,
        facts: [Fact(.from, digits)], what: "message header with its length and both nodes")
    })
}

private enum Weave {
  /// Sender and receiver, both of which a first message has to name. Nest's numbers begin with its registered prefix
  /// 18-B4-30.
  static func nodes(
    _ walk: inout ByteWalk
  ) throws(Misfit) -> (source: UInt64, destination: UInt64) {
    let flags = try walk.uint16()
    // Version 1 or 2, both numbers there, no bit that is not assigned.
    guard (1...2).contains(flags >> 12), flags & 0x0300 == 0x0300, flags & 0x00ef == 0 else {
      throw .wrong
    }
    try walk.skip(4)
    let source = try walk.uint64()
    let destination = try walk.uint64()
    guard source >> 40 == 0x18b430, destination >> 40 == 0x18b430 else { throw .wrong }
    return (source, destination)
  }
}
