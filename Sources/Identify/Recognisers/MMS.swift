import Flows
import Packets

extension Recogniser {
  /// Manufacturing message specification (IEC 61850's client and server) on ISO transport, session and presentation.
  static let mms = Recogniser(
    name: "mms", title: "MMS (IEC 61850)",
    specification: "ISO 9506-2, ISO 8327-1, ISO 8823-1, IEC 61850-8-1", transports: [.tcp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in try TPKT.length(&walk) },
    read: { message, _ throws(Misfit) in
      var units = message.walk()
      let unit = try TPKT.unit(&units)
      guard unit.type == 0xf0 else {
        guard unit.parameters != nil || !unit.isWhole else { throw .wrong }
        return nil
      }
      guard !unit.body.isEmpty else { return nil }
      // A transport message may be cut into several units; only the first begins with the session's header.
      switch unit.body.first {
      case 0x0d, 0x0e:
        let context: [UInt8] = [0x28, 0xca, 0x22, 0x02]
        guard unit.body.firstIndex(ofRun: context, within: 512) != nil else {
          if message.isWhole { throw .wrong }
          return nil
        }
        let isRequest = unit.body.first == 0x0d
        return Saying(
          part: isRequest ? .request : .response, isSufficient: true,
          facts: [Fact(.message, isRequest ? "initiate" : "initiate response")],
          what: "session \(isRequest ? "connect" : "accept") with the MMS context")
      case 0x01 where unit.body.starts(with: [1, 0, 1, 0, 0x61]): return try MMS.data(unit.body)
      default: return nil
      }
    })
}

private enum MMS {
  /// Confirmed requests and responses behind the session's and presentation's data headers.
  static func data(_ body: ArraySlice<UInt8>) throws(Misfit) -> Saying? {
    var walk = ByteWalk(body)
    try walk.skip(4)
    // fully-encoded-data, PDV-list, context identifier, single-ASN1-type, the MMS unit.
    guard try tag(&walk) == 0x61, try tag(&walk) == 0x30, try tag(&walk) == 0x02 else { return nil }
    try walk.skip(1)
    guard try tag(&walk) == 0xa0 else { return nil }
    let unit = try tag(&walk)
    if unit == 0xa3 {
      // An unconfirmed service; the only one in use is the report: the variables, then their values.
      guard try tag(&walk) == 0xa0, [0xa0, 0xa1].contains(try walk.uint8()) else { return nil }
      return Saying(
        part: .response, isSufficient: true, isOneWay: true,
        facts: [Fact(.message, "information report")], what: "information report")
    }
    guard unit == 0xa0 || unit == 0xa1, try walk.uint8() == 2 else { return nil }
    let length = Int(try walk.uint8())
    guard (1...5).contains(length) else { throw .wrong }
    let invoke = try walk.number(length)
    return Saying(
      part: unit == 0xa0 ? .request : .response, echo: invoke << 8 | 1, what: "confirmed service")
  }

  /// A tag of one byte, whose length is passed.
  private static func tag(_ walk: inout ByteWalk) throws(Misfit) -> UInt8 {
    let tag = try walk.uint8()
    let length = try walk.uint8()
    if length & 0x80 != 0 {
      guard (1...3).contains(length & 0x7f) else { throw .wrong }
      try walk.skip(Int(length & 0x7f))
    }
    return tag
  }
}
