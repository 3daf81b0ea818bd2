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
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      guard let read = skinny(conversation[side].bytes) else { return .no }
      messages[side] = read
    }
    guard messages.values.allSatisfy({ !$0.isEmpty }) else { return .undecided }
    let count = messages.values.map(\.count).reduce(0, +)
    guard count >= 2 else { return .undecided }
    let side: Side = messages[.client] != nil ? .client : .server
    return .yes(
      Recognition(
        "skinny", messages.count == 2 ? .answered : .consistent,
        grounds: [Ground(side, 0, 12, "message header with length and a known message")],
        facts: messages[side]?.first.map { [Fact(.message, "0x" + $0.hexadecimal)] } ?? []))
  }

  private static func skinny(_ bytes: [UInt8]) -> [UInt32]? {
    var reader = Reader(bytes.span)
    var numbers: [UInt32] = []
    while reader.remaining >= 12, numbers.count < 16 {
      guard let length = reader.uint32LittleEndian(), (4...4_096).contains(length), length % 4 == 0,
        let version = reader.uint32LittleEndian(),
        [0, 0x0a, 0x0b, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16].contains(version),
        let number = reader.uint32LittleEndian(),
        number <= 0x0049 || (0x0081...0x0160).contains(number)
      else { return nil }
      numbers.append(number)
      if !reader.skip(Int(length) - 4) { return numbers }
    }
    return numbers
  }
}
