import CallWaiting
import Flows
import Verdicts

/// A fingerprint in lines that fit into a ticket: at most 80 columns, printable ASCII only, whatever was sent.
enum FingerprintWords {
  /// Bytes of a side in its line.
  private static let shown = 16

  /// The order, lengths and times of the first messages, then a line for each side that spoke.
  static func lines(_ fingerprint: Fingerprint) -> [String] {
    let messages = fingerprint.first.map { "\(mark($0.side))\($0.length)" }
    let gaps = fingerprint.first.compactMap(\.gap).map { Times.duration($0) }
    var lines = ["fingerprint " + messages.joined(separator: " ")]
    if !gaps.isEmpty { lines.append("gaps " + gaps.joined(separator: ", ")) }
    if let keepalive = fingerprint.keepalive {
      let every = Times.duration(Int64(keepalive.interval * 1e9))
      lines.append("\(mark(keepalive.side)) every \(every), \(keepalive.count) times")
    }
    lines += [(Side.client, fingerprint.client), (.server, fingerprint.server)].compactMap {
      side, bytes in bytes.map { line(side, $0) }
    }
    return lines
  }

  /// `> 1603010200010001fc0303aabbccddee |................| 38 % text, 7.2/8.0 bits`.
  private static func line(_ side: Side, _ bytes: SideFingerprint) -> String {
    let first = Array(bytes.first.prefix(shown))
    let start = bytes.beginsAtStart ? "" : "..."
    let entropy = tenths(bytes.entropy) + "/" + tenths(bytes.mostEntropy)
    let shown = first.isEmpty ? "" : "\(start)\(hexadecimal(first)) |\(text(first))| "
    return "\(mark(side)) \(shown)\(bytes.printable) % text, \(entropy) bits"
  }

  /// `>` for what the client sent, `<` for what the server sent.
  private static func mark(_ side: Side) -> String { side == .client ? ">" : "<" }

  /// One decimal.
  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Two lower-case digits a byte.
  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Printable ASCII as it is, a dot for every other byte.
  static func text(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
  }
}
