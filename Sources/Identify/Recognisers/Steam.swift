import Flows
import Packets

extension Recogniser {
  /// Valve's Steam network: over UDP packets of VS01 with their length, type and numbers, over TCP messages of VT01
  /// behind their length.
  static let steam = Recogniser(
    name: "steam", title: "Steam client network",
    specification: "SteamKit source, UdpPacket.cs, UdpHeader and TcpConnection.cs",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      walk.order = .little
      if isDatagram {
        try walk.expect(Array("VS01".utf8))
        let length = Int(try walk.uint16())
        guard length <= 0x4dc, walk.remaining == length + 30 else { throw .wrong }
        return length + 36
      }
      let length = try walk.count32(atMost: 1 << 24)
      guard length >= 4 else { throw .wrong }
      try walk.expect(Array("VT01".utf8))
      return length + 8
    },
    read: { message, side throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk(.little)
      guard message.isDatagram else {
        return Saying(isSufficient: true, what: "message behind its length and VT01")
      }
      try walk.skip(6)
      let type = try walk.uint8()
      guard (1...7).contains(type) else { throw .wrong }
      var saying = Saying(what: "packet of VS01 with length, type and numbers")
      switch type {
      case 1, 3: saying.part = .request
      case 2, 4: saying.part = .response
      default: break
      }
      saying.isSufficient = true
      let names = [
        "", "challenge request", "challenge", "connect", "accept", "disconnect", "data", "datagram",
      ]
      saying.facts = [Fact(.message, names[Int(type)])]
      return saying
    })
}
