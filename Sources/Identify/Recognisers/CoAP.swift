import Flows
import Packets

extension Recogniser {
  /// Constrained application protocol: a request whose options are known and whose path is text,
  /// and a response that repeats its token and message identifier.
  static let coap = Recogniser(
    name: "coap", title: "Constrained Application Protocol", specification: "RFC 7252 section 3",
    transports: [.udp],
    basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: CoAPMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { question, answer in
      guard question.isRequest || question.isResponse,
        question.token == answer.token || answer.code == 0
      else { return false }
      let isSame =
        question.identifier == answer.identifier && question.kind == 0 && answer.kind >= 2
      return isSame && (question.isRequest || answer.code == 0)
        || question.isRequest && answer.isResponse && question.token.count >= 2
    }
    let requests = talk.said.filter { $0.message.isRequest && $0.message.letters >= 6 }
    guard
      pair.map({
        $0.question.message.letters >= 1 || talk.said.count > 2
          || !$0.question.message.token.isEmpty
      })
        ?? (requests.count == talk.said.count)
    else { return .undecided }
    let strength: Recognition.Strength =
      pair != nil ? .answered : talk.said.count > 1 ? .consistent : .oneSided
    let shown = pair?.question ?? first
    var facts: [Fact] = []
    if let method = shown.message.method { facts.append(Fact(.method, method)) }
    if !shown.message.path.isEmpty {
      facts.append(Fact(.path, "/" + shown.message.path.joined(separator: "/")))
    }
    if let host = shown.message.host { facts.append(Fact(.host, host)) }
    if let code = pair?.answer.message.code, code >= 0x40 {
      facts.append(Fact(.status, "\(code >> 5).\(code & 31 < 10 ? "0" : "")\(code & 31)"))
    }
    return .yes(
      Recognition(
        "coap", strength, grounds: [shown.ground("message whose options are known and in order")],
        facts: facts,
        clientIs: shown.message.isRequest ? shown.side : shown.side.opposite))
  }

  /// One message.
  private struct CoAPMessage {
    let kind: UInt8
    let code: UInt8
    let identifier: UInt16
    let token: [UInt8]
    private(set) var path: [String] = []
    private(set) var host: [UInt8]?
    /// Letters in options that hold text.
    private(set) var letters = 0

    private static let numbers: Set<Int> = [
      1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21, 23, 27, 28, 31, 35, 39, 60, 252,
      258, 292,
    ]
    private static let texts: Set<Int> = [3, 8, 11, 15, 20, 35, 39]

    init?(_ datagram: Datagram) {
      if let message = CoAPMessage(standard: datagram) ?? CoAPMessage(draft: datagram) {
        self = message
      } else {
        return nil
      }
    }

    /// The header of the drafts before RFC 7252: a count of options in the place of the token's
    /// length, numbers of their own (draft-ietf-core-coap-08 section 5.10).
    private init?(draft datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), first >> 6 == 1, let code = reader.uint8(),
        (1...4).contains(code),
        let identifier = reader.uint16(), first & 15 > 0, first & 0x30 <= 0x10
      else { return nil }
      kind = first >> 4 & 3
      self.code = code
      self.identifier = identifier
      var token: [UInt8] = []
      var number = 0
      for _ in 0..<first & 15 {
        guard let head = reader.uint8() else { return nil }
        number += Int(head >> 4)
        var size = Int(head & 15)
        if size == 15 {
          guard let more = reader.uint8() else { return nil }
          size += Int(more)
        }
        guard (1...15).contains(number), let value = reader.copy(size) else { return nil }
        if number == 11 { token = value }
        guard [3, 5, 6, 8, 9, 15].contains(number) else {
          if size > 8 { return nil }
          continue
        }
        guard value.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        letters += value.count
        if number == 9 { path.append(String(decoding: value, as: UTF8.self)) }
        if number == 5 { host = value }
      }
      guard code > 1 || reader.remaining == 0, letters >= 6 else { return nil }
      self.token = token
    }

    private init?(standard datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), first >> 6 == 1, first & 15 <= 8, let code = reader.uint8(),
        code == 0 || (1...7).contains(code) || [2, 4, 5].contains(code >> 5) && code & 31 <= 15,
        let identifier = reader.uint16(), let token = reader.copy(Int(first & 15))
      else { return nil }
      kind = first >> 4 & 3
      self.code = code
      self.identifier = identifier
      self.token = token
      // An empty message is a header and nothing more; requests are never acknowledgements or
      // resets.
      if code == 0 { guard token.isEmpty, datagram.length == 4, kind != 1 else { return nil } }
      if (1...7).contains(code) { guard kind <= 1 else { return nil } }
      var number = 0
      while reader.remaining > 0, let head = reader.uint8() {
        if head == 0xff {
          if reader.remaining == 0, datagram.isWhole { return nil }
          return
        }
        guard let delta = Self.extended(head >> 4, &reader),
          let size = Self.extended(head & 15, &reader)
        else { return nil }
        number += delta
        guard Self.numbers.contains(number) || number > 2_048 else { return nil }
        guard let value = reader.copy(size) else {
          if datagram.isWhole { return nil }
          return
        }
        guard Self.texts.contains(number) else {
          if size > 12, number != 252, number != 292, number != 9 { return nil }
          continue
        }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return nil }
        letters += value.count
        if number == 11, path.count < 16 { path.append(String(decoding: value, as: UTF8.self)) }
        if number == 3 { host = value }
      }
    }

    private static func extended(_ nibble: UInt8, _ reader: inout Reader) -> Int? {
      switch nibble {
      case 13: reader.uint8().map { Int($0) + 13 }
      case 14: reader.uint16().map { Int($0) + 269 }
      case 15: nil
      default: Int(nibble)
      }
    }

    var isRequest: Bool { (1...7).contains(code) }
    var isResponse: Bool { code >= 0x40 }

    var method: String? {
      let names = ["GET", "POST", "PUT", "DELETE", "FETCH", "PATCH", "iPATCH"]
      return isRequest ? names[Int(code) - 1] : nil
    }
  }
}
