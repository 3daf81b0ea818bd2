import Flows
import Packets

extension Recogniser {
  /// Border gateway protocol: sixteen bytes of ones, a length and a type; OPEN tells the system and its identifier.
  static let bgp = Recogniser(
    name: "bgp", title: "BGP", specification: "RFC 4271 section 4", transports: [.tcp],
    basis: [.built, .corpus], tolerated: 2, marker: Array(repeating: 0xff, count: 16),
    length: { walk, _ throws(Misfit) in
      try walk.expect(Array(repeating: 0xff, count: 16))
      let length = Int(try walk.uint16())
      let type = try walk.uint8()
      let least: [UInt8: Int] = [1: 29, 2: 23, 3: 21, 4: 19, 5: 23]
      guard let least = least[type], length >= least, type != 4 || length == 19 else {
        throw .wrong
      }
      return length
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(18)
      let type = try walk.uint8()
      let names = ["", "OPEN", "UPDATE", "NOTIFICATION", "KEEPALIVE", "ROUTE-REFRESH"]
      var saying = Saying(isSufficient: true, what: names[Int(type)])
      if type == 1 {
        let version = try walk.uint8()
        guard (1...5).contains(version) else { throw .wrong }
        let system = try walk.uint16()
        let hold = try walk.uint16()
        guard hold == 0 || hold >= 3 else { throw .wrong }
        let router = try walk.take(4).map(String.init).joined(separator: ".")
        let options = Int(try walk.uint8())
        guard !message.isWhole || options <= walk.remaining else { throw .wrong }
        saying.facts = [
          Fact(.version, "\(version)"), Fact(.from, "AS \(system)"), Fact(.clientID, router),
        ]
      } else if type == 3 {
        let code = try walk.uint8()
        let detail = try walk.uint8()
        saying.facts = [Fact(.error, "notification \(code)/\(detail)")]
      }
      return saying
    })
}
