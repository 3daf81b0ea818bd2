import Flows
import Packets

extension Recogniser {
  /// Service-oriented middleware over IP: messages whose lengths add up, protocol version 1, known
  /// message types; responses repeat the request's identifier.
  static let someIP = Recogniser(
    name: "someip", title: "SOME/IP",
    specification: "AUTOSAR SOME/IP protocol specification section 4",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    var said: [(side: Side, message: SomeIPMessage)] = []
    // A lone header in front of bytes that lead nowhere is none by itself.
    var isSure = conversation.transport == .udp
    if conversation.transport == .udp {
      guard
        let talk = Talk(
          conversation, most: 16, read: { SomeIPMessage.all(in: $0.bytes, length: $0.length) })
      else { return .no }
      said = talk.said.flatMap { one in one.message.map { (one.side, $0) } }
    } else {
      for side in Side.allCases where !conversation[side].bytes.isEmpty {
        let bytes = conversation[side].bytes
        guard let messages = SomeIPMessage.all(in: bytes, length: nil) else {
          return bytes.count < 16 ? .undecided : .no
        }
        said += messages.map { (side, $0) }
        isSure = isSure || messages.count > 1 || messages.first?.end == bytes.count
      }
    }
    guard let first = said.first else { return .undecided }
    let isAnswered = said.contains { question in
      question.message.type == 0
        && said.contains {
          $0.side != question.side && $0.message.type >= 0x80
            && $0.message.request == question.message.request
            && $0.message.service == question.message.service
        }
    }
    guard isSure || isAnswered else { return conversation.isFinished ? .no : .undecided }
    return .yes(
      Recognition(
        "someip",
        isAnswered
          ? .answered : said.count > 1 || first.message.type == 2 ? .consistent : .oneSided,
        grounds: [
          Ground(first.side, 0, 16, "header with length, protocol version and message type")
        ],
        facts: [
          Fact(
            .message,
            first.message.service == 0xffff_8100
              ? "service discovery" : "0x" + first.message.service.hexadecimal)
        ],
        clientIs: isAnswered ? said.first { $0.message.type == 0 }?.side : nil))
  }

  /// One message's header.
  private struct SomeIPMessage {
    let service: UInt32
    let request: UInt32
    let type: UInt8
    /// Where it ends.
    let end: Int

    /// The messages that fill `length` bytes; in a stream, where it is nil, the last may be cut.
    static func all(in bytes: [UInt8], length: Int?) -> [SomeIPMessage]? {
      var reader = Reader(bytes.span)
      var messages: [SomeIPMessage] = []
      while reader.remaining >= 16, messages.count < 16 {
        guard let service = reader.uint32(), let size = reader.uint32(), size >= 8, size <= 65_536,
          let request = reader.uint32(), reader.uint8() == 1, reader.uint8() != nil,
          let type = reader.uint8(),
          [0, 1, 2, 0x20, 0x21, 0x22, 0x80, 0x81, 0xa0, 0xa1].contains(type),
          let code = reader.uint8(), code <= 0x5e,
          type & 0x80 != 0 || code == 0
        else { return nil }
        let end = reader.offset - 16 + 8 + Int(size)
        messages.append(SomeIPMessage(service: service, request: request, type: type, end: end))
        guard let length else {
          if !reader.seek(to: end) { return messages }
          continue
        }
        guard end <= length else { return nil }
        if end == length { return messages }
        guard reader.seek(to: end) else { return messages }
      }
      return length == nil && !messages.isEmpty ? messages : nil
    }
  }
}
