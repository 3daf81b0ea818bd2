extension Array<UInt8> {
  /// Whether a word stands anywhere in these bytes.
  func contains(_ word: StaticString) -> Bool {
    contains(Array(String(describing: word).utf8))
  }

  /// Whether these bytes stand anywhere in them.
  func contains(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    var rest = self[...]
    while let place = rest.firstIndex(of: first) {
      if self[place...].starts(with: bytes) { return true }
      rest = rest[(place + 1)...]
    }
    return false
  }
}
