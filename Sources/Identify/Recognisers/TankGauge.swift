import Flows
import Packets

extension Recogniser {
  /// Automatic tank gauges (Veeder-Root): a function code behind SOH, which the answer repeats.
  static let tankGauge = Recogniser(
    name: "atg", title: "Automatic tank gauge (Veeder-Root)",
    specification: "Veeder-Root TLS-3XX Serial Interface Manual 576013-635, section 5",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, let code = code(conversation.client.bytes) else {
      return .no
    }
    let server = conversation.server.bytes
    guard !server.isEmpty else { return .undecided }
    let text = server.prefix(512).drop { [1, 10, 13].contains($0) }
    guard server.count != text.count else { return .no }
    guard text.starts(with: code) else {
      return text.count < code.count && code.starts(with: text) ? .undecided : .no
    }
    // The date of the gauge's clock follows, as computer or as display format.
    let rest = text.dropFirst(code.count).drop { [10, 13].contains($0) }
    guard let first = rest.first else { return .undecided }
    guard (0x20...0x7e).contains(first), rest.prefix(8).allSatisfy({ $0 != 0 && $0 < 0x7f }) else {
      return .no
    }
    return .yes(
      Recognition(
        "atg", .proven,
        grounds: [
          Ground(.client, 0, code.count + 1, "function code"),
          Ground(.server, text.startIndex, code.count, "function code repeated"),
        ], facts: [Fact(.method, code)]))
  }.orFromFirstBytes

  /// SOH, a letter and five digits or letters, alone in the line.
  private static func code(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.first == 1, bytes.count >= 7 else { return nil }
    let code = bytes[1..<7]
    guard let letter = code.first, "IiSs".utf8.contains(letter),
      code.dropFirst().allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
    else { return nil }
    let next = bytes.dropFirst(7).first
    return next == nil || next == 13 || next == 10 || next == 3 ? code : nil
  }
}
