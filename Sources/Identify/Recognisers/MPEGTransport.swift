import Flows
import Packets

extension Recogniser {
  /// MPEG transport streams: packets of 188 bytes, each with its sync byte, three at least.
  static let mpegTransport = Recogniser(
    name: "mpegts", title: "MPEG transport stream", specification: "ISO/IEC 13818-1 clause 2.4.3",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: packets), let first = talk.said.first else {
      return .no
    }
    guard talk.said.map(\.message).reduce(0, +) >= 4 else { return .undecided }
    return .yes(
      Recognition(
        "mpegts", .consistent, grounds: [first.ground("transport packets")], clientIs: first.side))
  }

  private static func packets(_ datagram: Datagram) -> Int? {
    guard datagram.length > 0, datagram.length % 188 == 0 else { return nil }
    var count = 0
    for offset in stride(from: 0, to: datagram.bytes.count, by: 188) {
      // Sync byte, no transport error, payload or adaptation field.
      guard datagram.bytes.count >= offset + 4 else { break }
      guard datagram.bytes[offset] == 0x47, datagram.bytes[offset + 1] & 0x80 == 0,
        datagram.bytes[offset + 3] & 0x30 != 0
      else { return nil }
      count += 1
    }
    return count
  }
}
