/// TCP options as tcpdump shows them (RFC 9293 section 3.1, RFC 7323, RFC 2018, RFC 7413).
enum OptionsText {
  /// The options between the fixed header and the payload; selective acknowledgements count from `base`.
  static func of(_ bytes: [UInt8], base: UInt32) -> String {
    var parts: [String] = []
    var offset = 0
    while offset < bytes.count {
      let kind = bytes[offset]
      if kind == 0 {
        parts.append("eol")
        break
      }
      if kind == 1 {
        parts.append("nop")
        offset += 1
        continue
      }
      guard offset + 1 < bytes.count else { return (parts + ["[|tcp]"]).joined(separator: ",") }
      let length = Int(bytes[offset + 1])
      guard length >= 2, offset + length <= bytes.count else {
        return (parts + [name(kind) + "[bad opt]"]).joined(separator: ",")
      }
      parts.append(option(kind, Array(bytes[offset + 2..<offset + length]), base: base))
      offset += length
    }
    return parts.joined(separator: ",")
  }

  private static func option(_ kind: UInt8, _ value: [UInt8], base: UInt32) -> String {
    switch (kind, value.count) {
    case (2, 2): return "mss \(value.uint16(0))"
    case (3, 1): return "wscale \(value[0])"
    case (4, 0): return "sackOK"
    case (5, _) where !value.isEmpty && value.count % 8 == 0:
      let blocks = stride(from: 0, to: value.count, by: 8).map {
        "{\(value.uint32($0) &- base):\(value.uint32($0 + 4) &- base)}"
      }
      return "sack \(blocks.count) " + blocks.joined()
    case (8, 8): return "TS val \(value.uint32(0)) ecr \(value.uint32(4))"
    case (34, _):
      return "tfo  " + (value.isEmpty ? "cookiereq" : "cookie " + hexadecimal(value))
    default: return value.isEmpty ? name(kind) : "\(name(kind)) 0x\(hexadecimal(value))"
    }
  }

  private static func name(_ kind: UInt8) -> String {
    let names: [UInt8: String] = [
      2: "mss", 3: "wscale", 4: "sackOK", 5: "sack", 8: "TS", 19: "md5", 28: "uto", 29: "tcp-ao",
      30: "mptcp", 34: "tfo",
    ]
    return names[kind] ?? "unknown-\(kind)"
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
