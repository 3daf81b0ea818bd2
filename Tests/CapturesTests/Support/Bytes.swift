/// Numbers as bytes, in the order that a test wants.
struct Bytes {
  var isBigEndian = false
  private(set) var all: [UInt8] = []

  mutating func add(_ number: some FixedWidthInteger) {
    let count = number.bitWidth / 8
    for index in 0..<count {
      let shift = 8 * (isBigEndian ? count - 1 - index : index)
      all.append(UInt8(truncatingIfNeeded: number >> type(of: number).init(shift)))
    }
  }

  mutating func add(_ bytes: [UInt8]) { all += bytes }

  /// Zeros up to a multiple of four.
  mutating func pad() { while all.count % 4 != 0 { all.append(0) } }
}
