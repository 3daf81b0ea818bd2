import Flows
import Packets

extension Recogniser {
  /// File delivery over unidirectional transport: LCT headers whose fields and extensions fill them, and the table of
  /// files as object 0.
  static let flute = Recogniser(
    name: "flute", title: "FLUTE and ALC",
    specification: "RFC 6726 section 3.4, RFC 5775, RFC 5651 and RFC 3451 section 5.1",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 24, read: Packet.init), let first = talk.said.first,
      Set(talk.said.map(\.side)).count == 1
    else { return .no }
    guard Set(talk.said.map(\.message.session)).count <= 4 else { return .no }
    guard let table = talk.said.first(where: { $0.message.isTable }) else { return .undecided }
    return .yes(
      Recognition(
        "flute", .consistent, grounds: [table.ground("LCT header with EXT_FDT")],
        facts: [Fact(.session, "TSI \(table.message.session)")], clientIs: first.side))
  }

  /// The LCT header of a packet.
  private struct Packet {
    let session: UInt64
    /// Whether it carries the table of files: object 0 with the extension EXT_FDT.
    private(set) var isTable = false

    init?(_ datagram: Datagram) {
      var walk = ByteWalk(datagram.bytes)
      guard let first = try? walk.uint8(), let second = try? walk.uint8(), first >> 4 == 1,
        first & 0x02 == 0, let words = try? walk.uint8(), (try? walk.skip(1)) != nil
      else { return nil }
      let half = Int(second >> 4 & 1) * 2
      let sessionSize = Int(second >> 7) * 4 + half
      let objectSize = Int(second >> 5 & 3) * 4 + half
      // The sender's current time and the time that is left (RFC 3451 section 5.1); later these bits are reserved.
      let times = Int(second >> 3 & 1) * 4 + Int(second >> 2 & 1) * 4
      guard sessionSize > 0, sessionSize <= 8, objectSize <= 8,
        (try? walk.skip(Int(first >> 2 & 3) * 4 + 4)) != nil,
        let session = try? walk.number(sessionSize), let object = try? walk.number(objectSize),
        (try? walk.skip(times)) != nil
      else { return nil }
      self.session = session
      let end = Int(words) * 4
      guard end >= walk.offset, end <= datagram.length else { return nil }
      var hasTable = false
      while walk.offset < end {
        guard let type = try? walk.uint8() else { return nil }
        if type == 192 {
          guard let version = walk.peek(), (1...2).contains(version >> 4) else { return nil }
          hasTable = true
        }
        if type >= 128 {
          guard (try? walk.skip(3)) != nil else { return nil }
        } else {
          guard let count = try? walk.uint8(), count > 0,
            (try? walk.skip(Int(count) * 4 - 2)) != nil
          else { return nil }
        }
      }
      guard walk.offset == end else { return nil }
      isTable = hasTable && object == 0 && objectSize > 0
    }
  }
}
