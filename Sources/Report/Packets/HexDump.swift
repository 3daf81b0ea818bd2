import Packets

/// Bytes in tcpdump's layouts of `-x`, `-X` and `-A`.
enum HexDump {
  /// The lines below a packet.
  static func lines(_ record: PacketRecord, _ layout: FrameLayout, _ options: PacketText.Options)
    -> [String]
  {
    // tcpdump lets -X win over -x and both over -A, and a doubled letter includes the link-layer header.
    let letters = options.hexadecimalAndText > 0
    let count = letters ? options.hexadecimalAndText : options.hexadecimal
    if count > 0 {
      return rows(Array(record.frame[(count > 1 ? 0 : layout.network)...]), text: letters)
    }
    return options.text ? plain(Array(record.frame[layout.network...])) : []
  }

  /// Sixteen bytes a row in groups of two.
  static func rows(_ bytes: [UInt8], text: Bool) -> [String] {
    stride(from: 0, to: bytes.count, by: 16).map { start in
      let row = Array(bytes[start..<min(start + 16, bytes.count)])
      let pairs = stride(from: 0, to: row.count, by: 2).map { index in
        hexadecimal(row[index]) + (index + 1 < row.count ? hexadecimal(row[index + 1]) : "")
      }.joined(separator: " ")
      let offset = String(start, radix: 16)
      var line =
        "\t0x" + String(repeating: "0", count: max(0, 4 - offset.count)) + offset + ":  " + pairs
      if text {
        let letters = row.map { (0x21...0x7e).contains($0) ? Character(Unicode.Scalar($0)) : "." }
        line = Columns.padded(line, line.count - pairs.count + 39) + "  " + String(letters)
      }
      return line
    }
  }

  /// The characters, a line for each line feed; what is not printable is a dot.
  static func plain(_ bytes: [UInt8]) -> [String] {
    var lines = [""]
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 10: lines.append("")
      case 13 where index + 1 == bytes.count || bytes[index + 1] == 10: break
      case 9, 0x20...0x7e: lines[lines.count - 1].unicodeScalars.append(Unicode.Scalar(byte))
      default: lines[lines.count - 1] += "."
      }
    }
    return lines
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
