import Flows
import Packets

extension Recogniser {
  /// The probe with which RIPE Atlas looks who answers on a port: `MGLNDD`, the address and the port that it was sent to.
  static let ripeAtlas = Recogniser(
    name: "ripe-atlas", title: "RIPE Atlas port probe (MGLNDD)",
    specification: "none published; RIPE NCC names it on its page on scanning for RIPE Atlas",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client
    let mark = Array("MGLNDD_".utf8)
    guard client.beginsAtStart, mark.starts(with: client.bytes.prefix(mark.count)) else {
      return .no
    }
    let text = client.bytes[...]
      .prefix { $0 != 10 && $0 != 13 }
    let words = text.split(separator: 0x5f, omittingEmptySubsequences: false)
    // Nothing but one line is sent.
    guard text.count <= 64, client.bytes.count - text.count <= 2, words.count == 3 else {
      return text.count < mark.count ? .undecided : .no
    }
    let numbers = words[1].split(separator: 0x2e, omittingEmptySubsequences: false)
    let isAddress =
      numbers.count == 4 && numbers.allSatisfy { $0.asDecimal.map { $0 <= 255 } ?? false }
      || words[1].count(where: { $0 == 0x3a }) >= 2
        && words[1].allSatisfy { $0 == 0x3a || Character(UnicodeScalar($0)).isHexDigit }
    guard isAddress, let port = words[2].asDecimal, (1...65_535).contains(port) else { return .no }
    return .yes(
      Recognition(
        "ripe-atlas", .oneSided,
        grounds: [Ground(.client, 0, text.count, "probe with address and port")],
        facts: [Fact(.to, "\(words[1].asText) port \(port)")]))
  }.orFromFirstBytes
}
