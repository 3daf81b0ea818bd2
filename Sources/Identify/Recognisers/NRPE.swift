import Flows
import Packets

extension Recogniser {
  /// Nagios Remote Plugin Executor without TLS: one packet a side, with a checksum over all of it.
  static let nrpe = Recogniser(
    name: "nrpe", title: "Nagios Remote Plugin Executor",
    specification: "NagiosEnterprises/nrpe source, include/common.h",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    let query = NRPEPacket.read(conversation.client.bytes, type: 1)
    let response = NRPEPacket.read(conversation.server.bytes, type: 2)
    switch (query, response) {
    case (.wrong, _), (_, .wrong): return .no
    case (.cut, .cut): return .undecided
    default: break
    }
    var grounds: [Ground] = []
    var facts: [Fact] = []
    if case .whole(let packet) = query {
      grounds.append(Ground(.client, 0, packet.length, "query with its CRC-32"))
      facts.append(Fact(.method, packet.text))
      facts.append(Fact(.version, String(packet.version)))
    }
    if case .whole(let packet) = response {
      grounds.append(Ground(.server, 0, packet.length, "response with its CRC-32"))
      facts.append(Fact(.answer, packet.text))
    }
    return .yes(Recognition("nrpe", .proven, grounds: grounds, facts: facts))
  }
}

/// A packet of versions 2 to 4.
private struct NRPEPacket {
  let version: UInt16
  let length: Int
  let text: ArraySlice<UInt8>

  enum Outcome {
    case whole(NRPEPacket)
    case cut
    case wrong
  }

  static func read(_ bytes: [UInt8], type wanted: UInt16) -> Outcome {
    var walk = ByteWalk(bytes)
    do throws(Misfit) {
      let version = try walk.uint16()
      guard (2...4).contains(version), try walk.uint16() == wanted else { throw .wrong }
      let checksum = try walk.uint32()
      guard try walk.uint16() <= 3 || wanted == 1 else { throw .wrong }
      var count = 1024
      var behind = 2
      if version > 2 {
        try walk.skip(2)
        count = try walk.count32(atMost: 1 << 16)
        // The structure is padded to a multiple of four, and one byte of the text is counted twice.
        behind = bytes.count - walk.offset - count
        guard (0...4).contains(behind) else { throw behind < 0 ? .short : .wrong }
      }
      let text = try walk.take(count)
      try walk.skip(behind)
      guard walk.remaining == 0 else { throw .wrong }
      let zeroed = bytes[..<4] + [0, 0, 0, 0] + bytes[8..<walk.offset]
      guard Checksums.crc32(zeroed) == checksum else { throw .wrong }
      return .whole(
        NRPEPacket(version: version, length: walk.offset, text: text.prefix { $0 != 0 }))
    } catch {
      return error == .wrong ? .wrong : .cut
    }
  }
}
