import Flows
import Packets

extension Recogniser {
  /// Dynamic link exchange protocol: signals over UDP and messages over TCP, made of data items.
  static let dlep = Recogniser(
    name: "dlep", title: "DLEP", specification: "RFC 8175 section 11", transports: [.tcp, .udp],
    basis: [.built, .corpus],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { try walk.expect(Array("DLEP".utf8)) }
      let type = try walk.uint16()
      guard isDatagram ? (1...2).contains(type) : (1...16).contains(type) else { throw .wrong }
      let length = Int(try walk.uint16())
      return walk.offset + length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      if message.isDatagram { try walk.skip(4) }
      let type = try walk.uint16()
      try walk.skip(2)
      var saying = Saying(
        isSufficient: message.isDatagram, what: message.isDatagram ? "signal" : "message")
      // The router looks for a modem and opens the session.
      switch type {
      case 1: saying.part = .request
      case 2: saying.part = .response
      default: saying.part = .either
      }
      var items: Set<UInt16> = []
      while walk.remaining > 0 {
        let item = try walk.uint16()
        let value = try walk.take(Int(try walk.uint16()))
        guard (1...64).contains(item) || item >= 0xff00 else { throw .wrong }
        items.insert(item)
        guard item == 4, value.count > 1 else { continue }
        guard value.dropFirst().isWritten else { throw .wrong }
        saying.facts.append(Fact(side == .client ? .userAgent : .server, value.dropFirst()))
      }
      // A session's first messages must tell the heartbeat, and the answer a status as well.
      if !message.isDatagram, message.isWhole {
        if type == 1 { guard items.contains(5) else { throw .wrong } }
        if type == 2 { guard items.contains(5), items.contains(1) else { throw .wrong } }
        saying.isSufficient = type <= 2 && items.contains(4)
      }
      return saying
    })
}
