import Flows
import Packets

extension Recogniser {
  /// Roughtime: a count of tags, rising offsets, and tags in rising order that are known.
  static let roughtime = Recogniser(
    name: "roughtime", title: "Roughtime", specification: "draft-ietf-ntp-roughtime section 5",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 4, read: tags), let first = talk.said.first else {
      return .no
    }
    let sides = Set(talk.said.map(\.side))
    return .yes(
      Recognition(
        "roughtime", sides.count == 2 ? .answered : .oneSided,
        grounds: [first.ground("tags in order whose offsets fill the message")],
        clientIs: first.message.contains("SREP") ? first.side.opposite : first.side))
  }

  private static let known: Set<String> = [
    "SIG", "PATH", "SREP", "CERT", "INDX", "NONC", "PAD", "VER", "VERS", "SRV", "TYPE", "ROOT",
    "MIDP", "RADI", "DELE",
    "ZZZZ",
  ]

  private static func tags(_ datagram: Datagram) -> [String]? {
    var reader = Reader(datagram.bytes.span)
    var length = datagram.length
    if datagram.bytes.starts(with: Array("ROUGHTIM".utf8)) {
      guard reader.skip(8), let size = reader.uint32LittleEndian(), Int(size) + 12 == length else {
        return nil
      }
      length = Int(size)
    }
    guard let count = reader.uint32LittleEndian(), (2...16).contains(count), length % 4 == 0,
      length >= Int(count) * 8
    else { return nil }
    var last: UInt32 = 0
    for _ in 1..<count {
      guard let offset = reader.uint32LittleEndian(), offset >= last, offset % 4 == 0,
        Int(offset) <= length
      else {
        return nil
      }
      last = offset
    }
    var names: [String] = []
    for _ in 0..<count {
      guard let tag = reader.copy(4) else { return nil }
      let name = String(decoding: tag.prefix { (0x41...0x5a).contains($0) }, as: UTF8.self)
      guard known.contains(name) else { return nil }
      names.append(name)
    }
    return names.contains("NONC") || names.contains("SREP") ? names : nil
  }
}
