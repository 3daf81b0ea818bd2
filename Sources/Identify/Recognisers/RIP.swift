import Flows
import Packets

extension Recogniser {
  /// Routing information: entries of twenty bytes with an address family, and metrics from one to
  /// sixteen.
  static let rip = Recogniser(
    name: "rip", title: "Routing Information Protocol",
    specification: "RFC 2453 section 4, RFC 1058, RFC 4822",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: version), let first = talk.said.first else {
      return .no
    }
    return .yes(
      Recognition(
        "rip", .consistent,
        grounds: [first.ground("entries of twenty bytes with address families and metrics")],
        facts: [Fact(.version, "\(first.message)")],
        clientIs: nil))
  }

  private static func version(_ datagram: Datagram) -> UInt8? {
    var reader = Reader(datagram.bytes.span)
    guard let command = reader.uint8(), command == 1 || command == 2, let version = reader.uint8(),
      version == 1 || version == 2, reader.uint16() == 0, datagram.length >= 24,
      datagram.length <= 600, datagram.bytes.count >= 24,
      isFilled(datagram.bytes, datagram.length)
    else { return nil }
    while reader.remaining >= 20, let family = reader.uint16(), let tag = reader.uint16(),
      let address = reader.uint32(),
      let mask = reader.uint32(), reader.uint32() != nil, let metric = reader.uint32()
    {
      switch family {
      case 2:
        guard (1...16).contains(metric), version == 2 || tag == 0 && mask == 0 else { return nil }
      case 0:
        // A request for the whole table.
        guard command == 1, address == 0, metric == 16 else { return nil }
      case 0xffff:
        guard version == 2, (1...3).contains(tag) else { return nil }
        // Tag 1 begins the digest at the end.
        if tag == 1 { return version }
      default: return nil
      }
    }
    return version
  }

  /// Whether entries of twenty bytes fill the datagram up to a digest, whose place the first entry then tells (RFC 4822
  /// section 2.2).
  private static func isFilled(_ bytes: [UInt8], _ length: Int) -> Bool {
    guard bytes[4...].starts(with: [0xff, 0xff, 0x00, 0x03]) else {
      return (length - 4) % 20 == 0 && length <= 504
    }
    guard let end = bytes.bigEndian(at: 8, 2) else { return false }
    return end >= 24 && (end - 4) % 20 == 0 && (end...end + 68).contains(length)
  }
}
