import Flows
import Packets

extension Recogniser {
  /// FoundationDB: each side opens with a connect packet of length, protocol version, address and connection, then
  /// packets of a length and a checksum follow.
  static let foundationDB = Recogniser(
    name: "foundationdb", title: "FoundationDB",
    specification: "apple/foundationdb, fdbrpc/FlowTransport.actor.cpp: ConnectPacket",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    var found: [(side: Side, packet: ConnectPacket)] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      guard conversation[side].beginsAtStart else { return .no }
      do throws(Misfit) {
        found.append((side, try ConnectPacket(conversation[side].bytes)))
      } catch {
        if error == .wrong { return .no }
      }
    }
    guard let first = found.first else { return .undecided }
    guard found.count == 2 || first.packet.isFollowed else { return .undecided }
    return .yes(
      Recognition(
        "foundationdb", found.count == 2 ? .answered : .oneSided,
        grounds: found.map {
          Ground($0.side, 0, $0.packet.length, "connect packet with its length and version")
        },
        facts: [Fact(.version, "0x" + String(first.packet.version, radix: 16))],
        // Both open alike, but who calls speaks first.
        clientIs: conversation.firstSpeaker))
  }.orFromFirstBytes

  /// What a side opens with.
  private struct ConnectPacket {
    let length: Int
    let version: UInt64
    /// Whether a packet of the session follows: a length, a checksum, a token of sixteen bytes.
    private(set) var isFollowed = false

    init(_ bytes: [UInt8]) throws(Misfit) {
      var walk = ByteWalk(bytes, .little)
      let size = Int(try walk.uint32())
      // Version and port; connection and address since 0x0fdb00a444020001; flags and the longer address since 6.0.
      guard [10, 14, 22, 40].contains(size) else { throw .wrong }
      length = size + 4
      let version = try walk.uint64()
      // The highest digit says how messages are written; the release stands in the lower half.
      self.version = version & 0x0fff_ffff_ffff_ffff
      guard self.version >> 40 == 0x0fdb00, version >> 60 <= 1 else { throw .wrong }
      var rest = try walk.walk(size - 8)
      try rest.skip(2)
      if size >= 22 { try rest.skip(12) }
      if size == 40 {
        guard try rest.uint16() <= 1 else { throw .wrong }
      }
      guard let next = try? walk.uint32() else { return }
      guard (16...1 << 28).contains(next) else { throw .wrong }
      isFollowed = walk.remaining >= 20
    }
  }
}
