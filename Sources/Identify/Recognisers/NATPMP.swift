import Flows
import Packets

extension Recogniser {
  /// NAT port mapping and its successor, port control: requests of few bytes, so that only an
  /// answer that repeats them counts, or the same request several times.
  static let natPMP = Recogniser(
    name: "nat-pmp", title: "NAT Port Mapping Protocol",
    specification: "RFC 6886 section 3, RFC 6887 section 7",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: NATPMPMessage.init),
      let first = talk.said.first
    else { return .no }
    if let pair = talk.pair(where: { $0.isAnswered(by: $1) }) {
      let isProven = pair.question.message.version == 2
      return .yes(
        Recognition(
          "nat-pmp", isProven ? .proven : .answered,
          grounds: [pair.question.ground("request"), pair.answer.ground("response")],
          facts: [
            Fact(.version, isProven ? "PCP" : "0"), Fact(.status, "\(pair.answer.message.result)"),
          ],
          clientIs: pair.question.side))
    }
    let requests = talk.said.filter { !$0.message.isResponse && $0.message.port != nil }
    let isSteady = requests.allSatisfy { $0.message.lifetime == requests.first?.message.lifetime }
    guard requests.count >= 2, requests.count == talk.said.count, isSteady else {
      return first.message.isStrict
        ? .yes(Recognition("nat-pmp", .oneSided, grounds: [first.ground("request")])) : .undecided
    }
    return .yes(
      Recognition("nat-pmp", .consistent, grounds: [first.ground("request")], clientIs: first.side))
  }

  /// One message.
  private struct NATPMPMessage {
    let version: UInt8
    let operation: UInt8
    private(set) var port: UInt16?
    private(set) var lifetime: UInt32 = 0
    private(set) var result: UInt16 = 0
    private(set) var nonce: [UInt8] = []

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let version = reader.uint8(), let operation = reader.uint8() else { return nil }
      self.version = version
      self.operation = operation
      switch (version, operation, datagram.length) {
      case (0, 0, 2): return
      case (0, 1...2, 12):
        guard reader.uint16() == 0, let port = reader.uint16(), port != 0, reader.uint16() != nil,
          let lifetime = reader.uint32(), lifetime <= 31_536_000
        else { return nil }
        self.port = port
        self.lifetime = lifetime
      case (0, 128, 12), (0, 129...130, 16):
        guard let result = reader.uint16(), result <= 5, reader.uint32() != nil,
          let port = reader.uint16()
        else { return nil }
        self.result = result
        if operation != 128 { self.port = port }
      case (2, _, 24...)
      where operation & 0x7f <= 3 && datagram.length % 4 == 0 && datagram.length <= 1_100:
        // Announce, map, peer (RFC 6887 section 7.1); reserved bytes are zero.
        guard reader.uint8() == 0, let code = reader.uint8(),
          operation & 0x80 != 0 ? code <= 13 : code == 0
        else {
          return nil
        }
        result = UInt16(code)
        // MAP and PEER have 36 and 56 bytes of their own; a request tells the client's address (section 7.1).
        guard datagram.length >= [24, 60, 80, 24][Int(operation & 0x7f)] else { return nil }
        if operation & 0x80 == 0 {
          guard reader.seek(to: 8), let address = reader.copy(16),
            address[0] != 0 || address.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])
          else { return nil }
        }
        if operation & 0x7f != 0 {
          guard reader.seek(to: 24), let nonce = reader.copy(12), reader.skip(1),
            reader.uint24() == 0
          else { return nil }
          self.nonce = nonce
        }
      default: return nil
      }
    }

    var isResponse: Bool { operation & 0x80 != 0 }

    /// A request of the newer protocol, with its zeros and a nonce.
    var isStrict: Bool { version == 2 && !isResponse && !nonce.isEmpty }

    func isAnswered(by answer: NATPMPMessage) -> Bool {
      guard !isResponse, answer.operation == operation | 0x80, version == answer.version else {
        return false
      }
      return version == 2 ? nonce == answer.nonce : operation == 0 || port == answer.port
    }
  }
}
