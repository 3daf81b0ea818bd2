/// The bytes of a hex dump; blanks don't count, `//` begins a comment up to the line's end.
func hex(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  for line in text.split(separator: "\n") {
    var code = Substring(line)
    if let comment = line.firstRange(of: "//") { code = line[..<comment.lowerBound] }
    let digits = code.filter { !$0.isWhitespace }
    var index = digits.startIndex
    while index < digits.endIndex {
      let next = digits.index(index, offsetBy: 2)
      bytes.append(UInt8(digits[index..<next], radix: 16)!)
      index = next
    }
  }
  return bytes
}

/// A small generator with a seed (splitmix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
