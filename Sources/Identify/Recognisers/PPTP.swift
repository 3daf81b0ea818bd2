import Flows
import Packets

extension Recogniser {
  /// Point-to-point tunnelling protocol's control connection: length, type 1, a magic cookie and the kind of message.
  static let pptp = Recogniser(
    name: "pptp", title: "PPTP control connection", specification: "RFC 2637 section 2",
    transports: [.tcp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      let length = Int(try walk.uint16())
      guard (12...220).contains(length) else { throw .wrong }
      try walk.expect([0, 1, 0x1a, 0x2b, 0x3c, 0x4d])
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let length = Int(try walk.uint16())
      try walk.skip(6)
      let type = try walk.uint16()
      try walk.expect([0, 0])
      let lengths = [0, 156, 156, 16, 16, 16, 20, 168, 32, 220, 24, 28, 16, 148, 40, 24]
      guard type > 0, Int(type) < lengths.count, length == lengths[Int(type)] else { throw .wrong }
      var saying = Saying(isSufficient: true, what: "control message")
      if type == 1 { saying.part = .request }
      if type == 2 { saying.part = .response }
      if type <= 2 {
        let version = try walk.uint16()
        saying.facts.append(Fact(.version, "\(version >> 8).\(version & 0xff)"))
        try walk.skip(14)
        let host = try walk.take(64).prefix { $0 != 0 }
        let vendor = try walk.take(64).prefix { $0 != 0 }
        guard host.isWritten, vendor.isWritten else { return saying }
        let isClient = side == .client
        if !host.isEmpty { saying.facts.append(Fact(isClient ? .clientID : .host, host)) }
        if !vendor.isEmpty { saying.facts.append(Fact(isClient ? .userAgent : .server, vendor)) }
      }
      return saying
    })
}
