import Flows
import Packets

extension Recogniser {
  /// Ubiquiti's discovery: version, command and a length, then fields of type, length and value that fill it.
  static let ubiquitiDiscovery = Recogniser(
    name: "ubntac2", title: "Ubiquiti discovery",
    specification: "none published; fields as nmap's ubiquiti-discovery script documents them",
    transports: [.udp], basis: [.built, .corpus],
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      guard (1...2).contains(try walk.uint8()), try walk.uint8() <= 0x10 else { throw .wrong }
      let length = Int(try walk.uint16())
      // The question is four bytes and tells nothing by itself.
      if length == 0, message.isWhole, walk.remaining == 0 { return Saying(part: .request) }
      if message.isWhole { guard length == walk.remaining else { throw .wrong } }
      var saying = Saying(part: .response, isOneWay: true, what: "fields that fill the datagram")
      var count = 0
      var hasAddress = false
      while walk.remaining > 0 {
        let type = try walk.uint8()
        let value = try walk.take(Int(try walk.uint16()))
        count += 1
        switch type {
        case 1:
          guard value.count == 6 else { throw .wrong }
          hasAddress = true
        case 2:
          guard value.count == 10 else { throw .wrong }
          hasAddress = true
        case 3: saying.facts.append(Fact(.version, value))
        case 0x0b: saying.facts.append(Fact(.host, value))
        case 0x0c: saying.facts.append(Fact(.server, value))
        default: break
        }
      }
      guard count >= 2, hasAddress else { throw .wrong }
      saying.isSufficient = message.isWhole
      return saying
    })
}
