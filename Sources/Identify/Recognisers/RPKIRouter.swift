import Flows
import Packets

extension Recogniser {
  /// The protocol between routers and caches of the resource public key infrastructure: each type has its length, and all
  /// answers of a cache have one session.
  static let rpkiRouter = Recogniser(
    name: "rpki-rtr", title: "RPKI to Router",
    specification: "RFC 6810 section 5, RFC 8210 section 5", transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      let asked = try RPKIUnit.run(conversation.client.bytes)
      let told = try RPKIUnit.run(conversation.server.bytes)
      guard let query = asked.first else { return .undecided }
      guard query.type == 1 || query.type == 2, asked.allSatisfy({ [1, 2, 10].contains($0.type) })
      else { throw .wrong }
      guard let answer = told.first else { return .undecided }
      guard [0, 3, 8, 10].contains(answer.type),
        told.allSatisfy({ ![1, 2].contains($0.type) && $0.version == answer.version })
      else { throw .wrong }
      // An answer of eight bytes alone is little: it needs what follows it, or the session that was asked for.
      let isSame = query.type == 1 && answer.type == 3 && query.session == answer.session
      guard told.count > 1 || isSame else { return .undecided }
      let sessions = Set(told.filter { [0, 3, 7].contains($0.type) }.map(\.session))
      guard sessions.count <= 1 else { throw .wrong }
      return .yes(
        Recognition(
          "rpki-rtr", .answered,
          grounds: [
            Ground(.client, 0, query.length, "query"),
            Ground(.server, 0, told.reduce(0) { $0 + $1.length }, "units of their types' lengths"),
          ], facts: [Fact(.version, "\(answer.version)"), Fact(.session, "\(answer.session)")]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}

/// A protocol data unit.
private struct RPKIUnit {
  let version: UInt8
  let type: UInt8
  let session: UInt16
  let length: Int

  /// The units at the beginning of a side's bytes.
  static func run(_ bytes: [UInt8]) throws(Misfit) -> [RPKIUnit] {
    var walk = ByteWalk(bytes)
    var units: [RPKIUnit] = []
    while walk.remaining >= 8, units.count < 32 {
      let version = try walk.uint8()
      let type = try walk.uint8()
      let session = try walk.uint16()
      let length = try walk.count32(atMost: 1 << 16)
      let fits: Bool =
        switch type {
        case 0, 1: length == 12
        case 2, 3, 8: length == 8
        case 4: length == 20
        case 6: length == 32
        case 7: length == (version == 0 ? 12 : 24)
        case 9: length > 32 && version > 0
        case 10: length >= 16
        case 11: length >= 12 && version == 2
        default: false
        }
      guard version <= 2, fits else { throw .wrong }
      guard walk.remaining >= length - 8 else { break }
      var body = try walk.walk(length - 8)
      if type == 4 || type == 6 {
        // Flags, the prefix's length and the longest one allowed.
        guard try body.uint8() <= 1 else { throw .wrong }
        let (least, most) = (try body.uint8(), try body.uint8())
        guard least <= most, most <= (type == 4 ? 32 : 128), try body.uint8() == 0 else {
          throw .wrong
        }
      }
      units.append(RPKIUnit(version: version, type: type, session: session, length: length))
    }
    return units
  }
}
