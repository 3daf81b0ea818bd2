import Flows
import Packets

extension Recogniser {
  /// collectd's binary protocol: parts of type and length; names end with NUL, values have as many types as numbers.
  static let collectd = Recogniser(
    name: "collectd", title: "collectd", specification: "collectd wiki: Binary protocol",
    transports: [.udp],
    basis: [.built],
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      var saying = Saying(isOneWay: true, what: "parts")
      var kinds: Set<UInt16> = []
      while walk.remaining > 0 {
        let type = try walk.uint16()
        let length = Int(try walk.uint16())
        guard length >= 5 else { throw .wrong }
        var part = try walk.walk(length - 4)
        kinds.insert(type)
        switch type {
        case 0, 2, 3, 4, 5, 0x100:
          guard part.rest.last == 0, part.rest.dropLast().isWritten else { throw .wrong }
          if type == 0 { saying.facts.append(Fact(.host, part.rest.dropLast())) }
          if type == 2 { saying.facts.append(Fact(.topic, part.rest.dropLast())) }
        case 1, 7, 8, 9, 0x101: guard part.remaining == 8 else { throw .wrong }
        case 6:
          let count = Int(try part.uint16())
          guard part.remaining == count * 9, count > 0, try part.take(count).allSatisfy({ $0 <= 3 })
          else { throw .wrong }
        case 0x200:
          guard part.remaining > 36 else { throw .wrong }
        case 0x210:
          guard part.remaining > 20 else { throw .wrong }
        default: throw .wrong
        }
      }
      saying.isSufficient = kinds.count >= 4 || kinds.contains(0x210) && message.bytes.count > 40
      return saying
    })
}
