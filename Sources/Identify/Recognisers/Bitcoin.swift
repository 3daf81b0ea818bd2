import Digests
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
    var found: [(side: Side, offset: Int, message: BitcoinMessage)] = []
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      let run = MessageRun(of: side, in: conversation, most: 8) { walk, _ throws(Misfit) in
        try BitcoinMessage.length(&walk)
      }
      guard !run.isWrong || !run.messages.isEmpty else { return .no }
      for message in run.messages {
        guard let read = BitcoinMessage(message) else {
          // What stands behind sound messages says nothing against them.
          if found.contains(where: { $0.side == side }) { break }
          return message.isWhole || message.bytes.count >= 24 ? .no : .undecided
        }
        found.append((side, message.offset, read))
      }
    }
    guard let first = found.first else { return .undecided }
    guard found.allSatisfy({ $0.message.magic == first.message.magic }) else { return .no }
    let isSummed = found.contains { $0.message.isSummed }
    let sides = Side.allCases.compactMap { side in found.first { $0.side == side } }
    guard isSummed || sides.count == 2 else { return .undecided }
    var facts = [Fact(.message, first.message.command)]
    if let agent = found.lazy.compactMap(\.message.agent).first {
      facts.append(Fact(.userAgent, agent))
    }
    return .yes(
      Recognition(
        "bitcoin", isSummed ? .proven : .answered,
        grounds: sides.map {
          Ground(
            $0.side, $0.offset, 20,
            "message header with command, length and first bytes of the double hash"
          )
        }, facts: facts,
        // Peers speak alike, but the one that connects says who it is first (`version`).
        clientIs: conversation.firstSpeaker ?? (conversation.knowsClient ? .client : nil)))
  }

  /// One message.
  private struct BitcoinMessage {
    let magic: ArraySlice<UInt8>
    let command: ArraySlice<UInt8>
    let isSummed: Bool
    private(set) var agent: ArraySlice<UInt8>?

    /// How long a message is. The first messages of the oldest versions have no sum: the next one, or nothing, begins
    /// four bytes earlier.
    static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
      walk.order = .little
      let magic = try walk.take(4)
      let command = try name(&walk)
      let length = try walk.count32(atMost: 4_000_000)
      guard isGreeting(command) else { return 24 + length }
      let rest = walk.bytes.dropFirst(20 + length)
      return walk.bytes.count == 20 + length || !rest.isEmpty && rest.prefix(4).elementsEqual(magic)
        ? 20 + length : 24 + length
    }

    /// The command: small letters and digits, padded with zeros.
    private static func name(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
      let text = try walk.take(12)
      let command = text.prefix { $0 != 0 }
      guard command.count >= 3,
        command.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }),
        text.dropFirst(command.count).allSatisfy({ $0 == 0 })
      else { throw .wrong }
      return command
    }

    private static func isGreeting(_ command: ArraySlice<UInt8>) -> Bool {
      command.elementsEqual("version".utf8) || command.elementsEqual("verack".utf8)
    }

    init?(_ message: MessageRun.Message) {
      var walk = message.walk(.little)
      guard let magic = try? walk.take(4), let command = try? Self.name(&walk),
        let length = try? walk.count32(atMost: 4_000_000)
      else { return nil }
      self.magic = magic
      self.command = command
      guard message.isWhole, message.bytes.count == 24 + length, let sum = try? walk.take(4) else {
        isSummed = false
        // Without a sum only the oldest greeting is of a length that is known.
        guard !message.isWhole || Self.isGreeting(command) && [0, 85].contains(length) else {
          return nil
        }
        return
      }
      isSummed = SHA256.of(SHA256.of(Array(walk.rest).span).span).starts(with: sum)
      guard isSummed else { return nil }
      guard command.elementsEqual("version".utf8), (try? walk.skip(80)) != nil,
        let count = try? walk.uint8()
      else { return }
      agent = try? walk.take(Int(count))
    }
  }
}
