import Flows
import Packets

extension Recogniser {
  /// Cisco's client control: little-endian lengths that add up, a header version, small message
  /// numbers.
  static let skinny = Recogniser(
    name: "skinny", title: "Skinny Client Control Protocol",
    specification: "Cisco SCCP, message framing",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    var messages: [Side: [UInt32]] = [:]
    var ground: Ground?
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      let run = MessageRun(of: side, in: conversation, most: 16) { walk, _ throws(Misfit) in
        try length(&walk)
      }
      guard !run.isWrong else { return .no }
      messages[side] = run.whole.compactMap { message in
        var walk = message.walk(.little)
        guard (try? walk.skip(8)) != nil else { return nil }
        return try? walk.uint32()
      }
      guard ground == nil, let first = run.messages.first, first.isWhole else { continue }
      ground = Ground(side, first.offset, 12, "message header with length and a known message")
    }
    guard let ground, messages.values.allSatisfy({ !$0.isEmpty }) else { return .undecided }
    let count = messages.values.map(\.count).reduce(0, +)
    guard count >= 2 else { return .undecided }
    return .yes(
      Recognition(
        "skinny", messages.count == 2 ? .answered : .consistent,
        grounds: [ground],
        facts: messages[ground.side]?.first.map { [Fact(.message, "0x" + $0.hexadecimal)] } ?? []))
  }

  /// Length of what follows the version, version (0 in the first phones), message. Newer messages end with texts and are
  /// not padded to four bytes.
  private static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    walk.order = .little
    let length = try walk.count32(atMost: 4_096)
    let version = try walk.uint32()
    guard length >= 4, version == 0 || (0x0a...0x16).contains(version) else { throw .wrong }
    let number = try walk.uint32()
    guard
      number <= 0x0049 || (0x0081...0x0160).contains(number) || (0x8000...0x8101).contains(number),
      length % 4 == 0 || number > 0x0100
    else { throw .wrong }
    return length + 8
  }
}
