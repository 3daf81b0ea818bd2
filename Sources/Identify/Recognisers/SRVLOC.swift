import Flows
import Packets

extension Recogniser {
  /// Service location, versions 1 and 2: a length that fills the message and the tag of a language;
  /// replies repeat the transaction identifier.
  static let serviceLocation = Recogniser(
    name: "srvloc", title: "Service Location Protocol",
    specification: "RFC 2608 section 8, RFC 2165 section 5",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    var said: [(side: Side, offset: Int, message: ServiceLocationMessage)] = []
    if conversation.transport == .udp {
      guard
        let talk = Talk(
          conversation, most: 16, read: { ServiceLocationMessage($0.bytes, length: $0.length) })
      else {
        return .no
      }
      said = talk.said.map { ($0.side, $0.turn.range.lowerBound, $0.message) }
    } else {
      for side in Side.allCases where !conversation[side].bytes.isEmpty {
        guard let message = ServiceLocationMessage(conversation[side].bytes, length: nil) else {
          return conversation[side].bytes.count < 24
            && [1, 2].contains(conversation[side].bytes[0]) ? .undecided : .no
        }
        said.append((side, 0, message))
      }
    }
    guard let first = said.first else { return .undecided }
    let isAnswered = said.contains {
      $0.side != first.side && $0.message.transaction == first.message.transaction
    }
    var facts = [Fact(.version, "\(first.message.version)")]
    if let service = first.message.service { facts.append(Fact(.topic, service)) }
    return .yes(
      Recognition(
        "srvloc", isAnswered ? .answered : said.count > 1 ? .consistent : .oneSided,
        grounds: [
          Ground(
            first.side, first.offset, 16, "header with the length of the message and a language tag"
          )
        ], facts: facts,
        clientIs: first.side))
  }

  /// One message.
  private struct ServiceLocationMessage {
    let version: UInt8
    let transaction: UInt16
    private(set) var service: [UInt8]?

    init?(_ bytes: [UInt8], length: Int?) {
      var reader = Reader(bytes.span)
      guard let version = reader.uint8(), let function = reader.uint8(), (1...11).contains(function)
      else { return nil }
      self.version = version
      if version == 2 {
        guard let total = reader.uint24(), total >= 18, length == nil || Int(total) == length,
          let flags = reader.uint16(),
          flags & 0x1fff == 0, reader.uint24() != nil, let transaction = reader.uint16(),
          let language = reader.vector16(),
          Self.isLanguage(language)
        else { return nil }
        self.transaction = transaction
      } else {
        guard version == 1, let total = reader.uint16(), total >= 14,
          length == nil || Int(total) == length,
          let flags = reader.uint8(), flags & 7 == 0, reader.uint8() == 0,
          let language = reader.copy(2),
          Self.isLanguage(language), let encoding = reader.uint16(), encoding > 0, encoding < 4_000,
          let transaction = reader.uint16()
        else { return nil }
        self.transaction = transaction
      }
      // A request: previous responders, then the service's type.
      if function == 1, reader.vector16() != nil, let service = reader.vector16(),
        service.allSatisfy({ (0x20...0x7e).contains($0) })
      {
        self.service = service
      }
    }

    private static func isLanguage(_ tag: [UInt8]) -> Bool {
      (2...8).contains(tag.count)
        && tag.allSatisfy { (0x61...0x7a).contains($0 | 0x20) || $0 == 0x2d }
    }
  }
}
