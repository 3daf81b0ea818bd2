import Flows
import Packets

extension Recogniser {
  /// SAP's network interface: a length of four bytes, then a router's or message server's request, a keepalive, or a
  /// screen's data behind a header that tells how it is compressed.
  static let sap = Recogniser(
    name: "sap", title: "SAP NI (router, DIAG, message server)",
    specification: "none published; packets as pysap and Wireshark's packet-sapni document them",
    transports: [.tcp], basis: [.built], tolerated: 2,
    length: { walk, _ throws(Misfit) in
      let length = try walk.count32(atMost: 1 << 24)
      guard length >= 8 else { throw .wrong }
      return length + 4
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      let start = walk.rest.prefix(12)
      if start.starts(with: "NI_".utf8) { return try SAP.router(&walk, message) }
      if start.starts(with: "**MESSAGE**".utf8) {
        try walk.skip(12)
        guard (1...10).contains(try walk.uint8()), try walk.uint8() <= 0xf0 else { throw .wrong }
        return Saying(
          isSufficient: message.isWhole, facts: [Fact(.subprotocol, "message server")],
          what: "message server's mark behind the length of the packet")
      }
      return try SAP.screen(&walk, message)
    })
}

private enum SAP {
  /// Keepalives, a route with its hops, and errors.
  static func router(
    _ walk: inout ByteWalk, _ message: MessageRun.Message
  ) throws(Misfit) -> Saying? {
    let word = try walk.terminated(most: 12)
    var saying = Saying(
      facts: [Fact(.subprotocol, "router")], what: "router packet behind its length")
    switch word.asText {
    case "NI_PING", "NI_PONG":
      guard walk.remaining == 0 else { throw .wrong }
      saying.isSufficient = message.isWhole
    case "NI_ROUTE":
      saying.part = .request
      // Version of the route and of the interface, hops, mode, hops left, length of the route, place of the next hop.
      guard (1...4).contains(try walk.uint8()), (30...60).contains(try walk.uint8()) else {
        throw .wrong
      }
      let hops = Int(try walk.uint8())
      guard hops > 0, try walk.uint8() <= 2 else { throw .wrong }
      try walk.skip(2)
      guard Int(try walk.uint8()) <= hops else { throw .wrong }
      let length = try walk.count32(atMost: 1 << 16)
      try walk.skip(4)
      guard !message.isWhole || length == walk.remaining else { throw .wrong }
      for index in 0..<hops {
        let host = try walk.terminated(most: 128)
        let port = try walk.terminated(most: 32)
        guard host.isGraphic, port.isGraphic, try walk.terminated(most: 128).isGraphic else {
          throw .wrong
        }
        if index == hops - 1 {
          saying.facts.append(Fact(.host, "\(host.asText):\(port.asText)"))
        }
      }
      saying.isSufficient = message.isWhole
    case "NI_RTERR":
      guard (1...4).contains(try walk.uint8()) || walk.bytes.isEmpty else { throw .wrong }
      try walk.skip(6)
      let length = Int(try walk.uint32())
      guard length <= walk.remaining + 4 || !message.isWhole else { throw .wrong }
      saying.part = .response
      saying.isSufficient = message.isWhole
      let texts = walk.rest.split(separator: 0).filter { $0.count > 2 && $0.isGraphic }
      if texts.count > 1 { saying.facts.append(Fact(.error, texts[1])) }
    default: throw .wrong
    }
    return saying
  }

  /// DIAG: eight bytes, the last of which tells whether the rest is compressed: then its length, the algorithm (LZC or
  /// LZH, as its low four bits say) and compress's magic number follow. A terminal's first packet has a header of the
  /// dispatcher in front.
  static func screen(
    _ walk: inout ByteWalk, _ message: MessageRun.Message
  ) throws(Misfit) -> Saying? {
    if walk.rest.starts(with: [0xff, 0xff, 0xff, 0xff, 0x0a]) {
      guard message.bytes.count >= 4 + 200 + 8 else { throw .short }
      return Saying(
        part: .request, facts: [Fact(.subprotocol, "DIAG")],
        what: "dispatcher's header of 200 bytes")
    }
    let head = Array(try walk.take(8))
    guard head[7] <= 3, head[1] & 0x0f == 0 || head[7] > 0 else { throw .wrong }
    guard head[7] == 1 || head[7] == 3 else { return nil }
    walk.order = .little
    let length = Int(try walk.uint32())
    guard (1...2).contains(try walk.uint8() & 15) else { throw .wrong }
    try walk.expect([0x1f, 0x9d])
    guard length > 8, length <= 1 << 24 else { throw .wrong }
    return Saying(
      isSufficient: message.isWhole, facts: [Fact(.subprotocol, "DIAG")],
      what: "screen data behind a header of length, algorithm and compress's magic number")
  }
}
