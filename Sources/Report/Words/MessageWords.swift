import Packets

/// Payload in a few words.
enum MessageWords {
  /// Characters that are shown of a message.
  private static let longest = 54
  /// Bytes that decide whether it is text.
  private static let looked = 64

  /// The first line of text, at most so many characters of it, else the first bytes in hexadecimal digits; escaped.
  static func short(_ bytes: ArraySlice<UInt8>, to longest: Int = longest) -> String {
    guard !bytes.isEmpty else { return "(bytes not kept)" }
    let start = bytes.prefix(looked)
    let printable = start.count { (0x20...0x7e).contains($0) || (0x09...0x0d).contains($0) }
    if printable * 10 >= start.count * 9 {
      let lines = bytes.prefix(1_024).split { $0 == 10 || $0 == 13 }
      guard let first = lines.first(where: { $0.contains { $0 > 0x20 } }) else {
        return "(blank lines)"
      }
      return Escaped.cut(Escaped.text(Array(first)), to: longest)
    }
    let shown = bytes.prefix(14)
    return shown.map { Times.hexadecimal($0) }.joined(separator: " ")
      + (bytes.count > shown.count ? " \u{2026}" : "")
  }

  /// `SYN`, `SYN ACK`: the flags that open or end a connection.
  static func flags(_ flags: TCPFlags) -> String {
    let names: [(TCPFlags, String)] = [
      (.syn, "SYN"), (.fin, "FIN"), (.rst, "RST"), (.ack, "ACK"),
    ]
    let set = names.filter { flags.contains($0.0) }.map(\.1)
    return set.isEmpty ? "no flags" : set.joined(separator: " ")
  }
}
