import Flows
import Packets

extension Recogniser {
  /// NetFlow and IPFIX: a count of records of fixed size, or sets whose lengths fill the datagram.
  /// Exporters send and are never answered.
  static let netFlow = Recogniser(
    name: "netflow", title: "NetFlow and IPFIX",
    specification: "RFC 3954 section 5, RFC 7011 section 3",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .tcp { return stream(conversation) }
    guard
      let talk = Talk(conversation, most: 16, read: { NetFlowPacket($0.bytes, length: $0.length) }),
      let first = talk.said.first,
      talk.said.allSatisfy({ $0.message.version == first.message.version })
    else { return .no }
    return .yes(
      Recognition(
        "netflow", .consistent, grounds: [first.ground("header and sets")],
        facts: [Fact(.version, first.message.version == 10 ? "IPFIX" : "\(first.message.version)")],
        clientIs: first.side))
  }.orFromFirstBytes

  /// IPFIX in a stream (RFC 7011 section 10.4): messages that carry their length.
  private static func stream(_ conversation: Conversation) -> Opinion {
    let bytes = conversation.client.bytes
    guard conversation.server.bytes.isEmpty, conversation.client.beginsAtStart else { return .no }
    guard bytes.count >= 4 else { return [0, 10].starts(with: bytes.prefix(2)) ? .undecided : .no }
    let length = Int(bytes[2]) << 8 | Int(bytes[3])
    guard bytes[0] == 0, bytes[1] == 10, length >= 20 else { return .no }
    guard bytes.count >= length else { return .undecided }
    guard NetFlowPacket(Array(bytes[..<length]), length: length) != nil else { return .no }
    return .yes(
      Recognition(
        "netflow", .consistent, grounds: [Ground(.client, 0, length, "message")],
        facts: [Fact(.version, "IPFIX")]))
  }

  /// One export packet.
  private struct NetFlowPacket {
    let version: UInt16

    init?(_ bytes: [UInt8], length: Int) {
      var reader = Reader(bytes.span)
      guard let version = reader.uint16(), let count = reader.uint16() else { return nil }
      self.version = version
      switch version {
      case 1, 5, 7:
        let (header, size) = version == 1 ? (16, 52) : version == 5 ? (24, 48) : (24, 52)
        guard (1...30).contains(count), header + Int(count) * size == length, reader.skip(4),
          let seconds = reader.uint32(), seconds > 0x2000_0000, let nanoseconds = reader.uint32(),
          nanoseconds < 1_000_000_000
        else { return nil }
      case 9:
        guard count > 0, reader.skip(4), let seconds = reader.uint32(), seconds > 0x2000_0000,
          reader.skip(8),
          Self.sets(&reader, from: 20, length: length, isIPFIX: false)
        else { return nil }
      case 10:
        guard Int(count) == length, let seconds = reader.uint32(), seconds > 0x2000_0000,
          reader.skip(8),
          Self.sets(&reader, from: 16, length: length, isIPFIX: true)
        else { return nil }
      default: return nil
      }
    }

    /// Sets with identifier and length, to the end.
    private static func sets(_ reader: inout Reader, from start: Int, length: Int, isIPFIX: Bool)
      -> Bool
    {
      var offset = start
      var count = 0
      while offset < length, count < 64 {
        guard reader.seek(to: offset), let identifier = reader.uint16(), let size = reader.uint16()
        else {
          return count > 0 && offset > reader.offset + reader.remaining
        }
        let isTemplate = isIPFIX ? identifier == 2 || identifier == 3 : identifier <= 1
        guard isTemplate || identifier >= 256, size >= 4, offset + Int(size) <= length else {
          return false
        }
        offset += Int(size)
        count += 1
      }
      return count > 0
    }
  }
}
