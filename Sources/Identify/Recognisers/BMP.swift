import Flows
import Packets

extension Recogniser {
  /// BGP monitoring: a router reports in messages behind their lengths; it begins with a list of types and lengths that
  /// fill the first message, and nobody answers.
  static let bmp = Recogniser(
    name: "bmp", title: "BGP Monitoring Protocol", specification: "RFC 7854 section 4",
    transports: [.tcp], basis: [.built], tolerated: 4,
    length: { walk, _ throws(Misfit) in
      try walk.expect([3])
      let length = try walk.count32(atMost: 1 << 20)
      guard length >= 6, try walk.uint8() <= 6 else { throw .wrong }
      return length
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(5)
      let type = try walk.uint8()
      var saying = Saying(part: .request, what: "common header and information that fills it")
      guard message.isWhole else { return nil }
      saying.isOneWay = true
      switch type {
      case 4, 5:
        var names: [UInt16: ArraySlice<UInt8>] = [:]
        while walk.remaining > 0 {
          let kind = try walk.uint16()
          let value = try walk.take(Int(try walk.uint16()))
          guard kind <= 16 else { throw .wrong }
          if type == 4, kind <= 2 {
            guard value.isWritten else { throw .wrong }
            names[kind] = value
          }
        }
        // An initiation names the system and describes it.
        saying.isSufficient = names[1] != nil && names[2] != nil
        if let name = names[2] { saying.facts.append(Fact(.from, name)) }
        if let text = names[1] { saying.facts.append(Fact(.clientBanner, text)) }
      default:
        // The per-peer header.
        guard try walk.uint8() <= 3 else { throw .wrong }
        try walk.skip(41)
      }
      return saying
    })
}
