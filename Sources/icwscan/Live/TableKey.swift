/// What a key does in the table of a live capture.
enum TableKey: Hashable {
  /// End the capture.
  case quit
  /// Sort by something else.
  case sort
  /// Draw everything anew.
  case redraw
  /// One flow, a screen of flows, or all the way.
  case up, down, pageUp, pageDown, top, bottom

  /// The keys in what a terminal sent; what means nothing is left out. Arrows and page keys are sequences of ECMA-48, which
  /// come in one piece.
  static func all(in bytes: [UInt8]) -> [TableKey] {
    var keys: [TableKey] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == 0x1b {
        if let key = sequence(&rest) { keys.append(key) }
      } else if let key = single[byte] {
        keys.append(key)
      }
    }
    return keys
  }

  private static let single: [UInt8: TableKey] = [
    UInt8(ascii: "q"): .quit, UInt8(ascii: "Q"): .quit,
    // Ctrl-\ and, where it comes as a key, Ctrl-C.
    0x1c: .quit, 0x03: .quit,
    UInt8(ascii: "s"): .sort,
    // Ctrl-L.
    0x0c: .redraw,
    UInt8(ascii: "k"): .up, UInt8(ascii: "j"): .down, UInt8(ascii: " "): .pageDown,
    UInt8(ascii: "b"): .pageUp, UInt8(ascii: "g"): .top, UInt8(ascii: "G"): .bottom,
  ]

  /// What follows an escape: `[` or `O`, numbers, a letter or `~`.
  private static func sequence(_ rest: inout ArraySlice<UInt8>) -> TableKey? {
    guard let kind = rest.first, kind == UInt8(ascii: "[") || kind == UInt8(ascii: "O") else {
      return nil
    }
    rest.removeFirst()
    var numbers: [UInt8] = []
    while let byte = rest.popFirst() {
      guard (0x40...0x7e).contains(byte) else {
        numbers.append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "A"): return .up
      case UInt8(ascii: "B"): return .down
      case UInt8(ascii: "H"): return .top
      case UInt8(ascii: "F"): return .bottom
      case UInt8(ascii: "~"): return tilde[numbers]
      default: return nil
      }
    }
    return nil
  }

  private static let tilde: [[UInt8]: TableKey] = [
    Array("1".utf8): .top, Array("7".utf8): .top, Array("4".utf8): .bottom,
    Array("8".utf8): .bottom, Array("5".utf8): .pageUp, Array("6".utf8): .pageDown,
  ]
}
