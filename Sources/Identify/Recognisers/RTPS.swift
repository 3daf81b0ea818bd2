import Flows
import Packets

extension Recogniser {
  /// Real-time publish-subscribe, which DDS speaks: a magic word, a version, and submessages whose
  /// lengths fill the datagram.
  static let rtps = Recogniser(
    name: "rtps", title: "Real-Time Publish-Subscribe",
    specification: "OMG DDSI-RTPS 2.5 section 8.3", transports: [.udp],
    basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: version), let first = talk.said.first else {
      return .no
    }
    return .yes(
      Recognition(
        "rtps", .consistent, grounds: [first.ground("header and submessages")],
        facts: [Fact(.version, first.message)],
        clientIs: nil))
  }

  private static func version(_ datagram: Datagram) -> String? {
    var reader = Reader(datagram.bytes.span)
    guard let magic = reader.copy(4), magic == Array("RTPS".utf8) || magic == Array("RTPX".utf8),
      let major = reader.uint8(), (1...3).contains(major), let minor = reader.uint8(), minor <= 9
    else { return nil }
    var offset = major == 1 ? 16 : 20
    guard datagram.length >= offset else { return nil }
    for _ in 0..<64 where offset < datagram.length {
      guard reader.seek(to: offset), reader.uint8() != nil, let flags = reader.uint8(),
        let size = reader.uint16()
      else {
        return datagram.isWhole ? nil : "\(major).\(minor)"
      }
      let length = Int(flags & 1 == 1 ? size.byteSwapped : size)
      // A length of zero reaches to the end.
      offset = length == 0 ? datagram.length : offset + 4 + length
    }
    return offset == datagram.length || offset < datagram.length ? "\(major).\(minor)" : nil
  }
}
