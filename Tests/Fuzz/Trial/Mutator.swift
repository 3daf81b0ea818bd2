/// Makes inputs out of seeds: of the same seeds the same ones each time.
struct Mutator {
  private let seeds: [[UInt8]]
  private let longest: Int
  private var state: UInt64

  /// Bytes at which lengths, signs and texts turn over.
  private static let telling: [UInt8] = [0, 1, 0x0a, 0x20, 0x22, 0x5c, 0x7f, 0x80, 0xfe, 0xff]

  /// From these seeds, none of which may be longer than `longest` afterwards.
  init(_ seeds: [[UInt8]], longest: Int, number: UInt64) {
    self.seeds = seeds.isEmpty ? [[]] : seeds.map { Array($0.prefix(longest)) }
    self.longest = longest
    state = number &* 0x9e37_79b9_7f4a_7c15 | 1
  }

  /// A number below `end`, which is at least 1 (xorshift64*).
  private mutating func random(_ end: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % end
  }

  /// A seed with one to eight changes.
  mutating func next() -> [UInt8] {
    var bytes = seeds[random(seeds.count)]
    for _ in 0...random(8) { change(&bytes) }
    return Array(bytes.prefix(longest))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = random(bytes.count + 1)
    let end = min(bytes.count, place + random(16))
    switch random(7) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random(8))
    case 1 where place < bytes.count: bytes[place] = Self.telling[random(Self.telling.count)]
    case 2: bytes.insert(UInt8(random(256)), at: place)
    case 3: bytes.removeSubrange(place..<end)
    case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 5: bytes.removeSubrange(place...)
    default:
      let other = seeds[random(seeds.count)]
      let start = random(other.count + 1)
      bytes.replaceSubrange(place..<end, with: other[start...].prefix(random(64)))
    }
  }
}
