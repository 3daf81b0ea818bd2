import Flows
import Packets

extension Recogniser {
  /// Syncthing's local discovery: a magic number and an announcement with the device's identifier and addresses.
  static let syncthing = Recogniser(
    name: "syncthing", title: "Syncthing local discovery",
    specification: "Syncthing: Local Discovery Protocol v4",
    transports: [.udp], basis: [.built, .corpus],
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.expect([0x2e, 0xa7, 0xd9, 0x0b])
      var saying = Saying(isOneWay: true, what: "announcement")
      while walk.remaining > 0 {
        let tag = try walk.uint8()
        switch tag {
        case 0x0a:
          guard try walk.uint8() == 32 else { throw .wrong }
          let digits = try walk.take(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
          saying.facts.append(Fact(.hash, digits.joined()))
          saying.isSufficient = true
        case 0x12:
          let address = try walk.take(Int(try walk.variable(atMost: 2)))
          guard address.isWritten else { throw .wrong }
          saying.facts.append(Fact(.path, address))
        case 0x18: _ = try walk.variable()
        default: throw .wrong
        }
      }
      return saying
    })
}
