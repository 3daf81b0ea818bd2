import Crypto
import Flows
import Packets

extension Recogniser {
  /// Bitcoin and its kin: a magic number, a command in ASCII, a length, and the first bytes of the
  /// payload's double SHA-256.
  static let bitcoin = Recogniser(
    name: "bitcoin", title: "Bitcoin",
    specification: "Bitcoin developer reference, message headers", transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    var found: [(side: Side, message: BitcoinMessage)] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      guard let message = BitcoinMessage(conversation[side].bytes) else {
        return conversation[side].bytes.count < 24 ? .undecided : .no
      }
      found.append((side, message))
    }
    guard let first = found.first, found.allSatisfy({ $0.message.magic == first.message.magic })
    else { return .no }
    guard first.message.isSummed || found.count == 2 else { return .undecided }
    var facts = [Fact(.message, first.message.command)]
    if let agent = found.lazy.compactMap(\.message.agent).first {
      facts.append(Fact(.userAgent, agent))
    }
    return .yes(
      Recognition(
        "bitcoin", found.contains { $0.message.isSummed } ? .proven : .answered,
        grounds: found.map {
          Ground(
            $0.side, 0, 24, "message header with command, length and first bytes of the double hash"
          )
        }, facts: facts,
        clientIs: first.side))
  }

  /// The first message of a side.
  private struct BitcoinMessage {
    let magic: UInt32
    let command: [UInt8]
    let isSummed: Bool
    private(set) var agent: [UInt8]?

    init?(_ bytes: [UInt8]) {
      var reader = Reader(bytes.span)
      guard let magic = reader.uint32(), let text = reader.copy(12),
        let length = reader.uint32LittleEndian(),
        length <= 4_000_000
      else { return nil }
      command = Array(text.prefix { $0 != 0 })
      guard command.count >= 3,
        command.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }),
        text.dropFirst(command.count).allSatisfy({ $0 == 0 })
      else { return nil }
      self.magic = magic
      let start = reader.offset
      guard let sum = reader.copy(4), let payload = reader.copy(Int(length)) else {
        isSummed = false
        guard reader.seek(to: start) else { return nil }
        return
      }
      isSummed = SHA256.hash(data: Array(SHA256.hash(data: payload))).starts(with: sum)
      // The oldest versions sent their first messages without a sum.
      guard isSummed || command == Array("version".utf8) && length == 85 else { return nil }
      guard isSummed, command == Array("version".utf8) else { return }
      var fields = Reader(payload.span)
      if fields.skip(80) { agent = fields.vector8() }
    }
  }
}
