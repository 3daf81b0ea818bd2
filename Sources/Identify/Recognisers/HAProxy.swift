import Flows
import Packets

extension Recogniser {
  /// The PROXY protocol: a proxy says for whom it connects, in a line or in binary, before anything else (HAProxy's
  /// proxy-protocol.txt).
  static let haproxy = Recogniser(
    name: "haproxy", title: "PROXY protocol",
    specification: "HAProxy's proxy-protocol.txt sections 2.1 and 2.2",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart else { return .no }
    let bytes = conversation.client.bytes
    guard !bytes.isEmpty else { return .undecided }
    return bytes[0] == 0x0d ? binary(bytes) : text(bytes)
  }.orFromFirstBytes

  private static func text(_ bytes: [UInt8]) -> Opinion {
    guard "PROXY ".utf8.starts(with: bytes.prefix(6)) else { return .no }
    guard let feed = bytes.prefix(108).firstIndex(of: 10) else {
      return bytes.count > 107 || !bytes.dropLast().isPrintableASCII ? .no : .undecided
    }
    guard bytes[feed - 1] == 13 else { return .no }
    let words = bytes[..<(feed - 1)].words(most: 7)
    guard words.count >= 2 else { return .no }
    var facts = [Fact(.version, "1")]
    switch words[1].asText {
    case "UNKNOWN": break
    case "TCP4", "TCP6":
      guard words.count == 6, let source = words[4].asDecimal, let destination = words[5].asDecimal,
        source <= 65_535, destination <= 65_535, words[2...3].allSatisfy({ isAddress($0) })
      else { return .no }
      facts.append(Fact(.from, "\(words[2].asText):\(source)"))
      facts.append(Fact(.to, "\(words[3].asText):\(destination)"))
    default: return .no
    }
    return .yes(
      Recognition(
        "haproxy", .consistent, grounds: [Ground(.client, 0, feed + 1, "PROXY line")], facts: facts)
    )
  }

  private static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
    word.count >= 2
      && word.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20) || byte == 0x2e
          || byte == 0x3a
      }
  }

  private static func binary(_ bytes: [UInt8]) -> Opinion {
    let signature: [UInt8] = [
      0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a,
    ]
    guard signature.starts(with: bytes.prefix(12)) else { return .no }
    guard let length = bytes.bigEndian(at: 14, 2) else { return .undecided }
    let family = bytes[13]
    // Version 2, LOCAL or PROXY; addresses of 12, 36 or 216 bytes by family.
    guard bytes[12] == 0x20 || bytes[12] == 0x21, family & 15 <= 2, family >> 4 <= 3,
      length >= [0, 12, 36, 216][Int(family >> 4)]
    else { return .no }
    var facts = [Fact(.version, "2")]
    if family >> 4 == 1, let source = bytes.bigEndian(at: 24, 2),
      let destination = bytes.bigEndian(at: 26, 2)
    {
      func address(_ offset: Int) -> String {
        bytes.slice(at: offset, 4).map(String.init).joined(separator: ".")
      }
      facts.append(Fact(.from, "\(address(16)):\(source)"))
      facts.append(Fact(.to, "\(address(20)):\(destination)"))
    }
    return .yes(
      Recognition(
        "haproxy", .consistent,
        grounds: [Ground(.client, 0, min(bytes.count, 16 + length), "PROXY header")],
        facts: facts))
  }
}
