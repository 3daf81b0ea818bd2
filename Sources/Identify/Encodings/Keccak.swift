/// Keccak-256 with the padding of the competition, which Ethereum kept (FIPS 202 changed the
/// padding byte).
enum Keccak {
  /// Bytes that one block takes in.
  private static let rate = 136

  /// The hash of `bytes`.
  static func hash256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var state = [UInt64](repeating: 0, count: 25)
    var padded = Array(bytes)
    padded.append(0x01)
    padded += [UInt8](repeating: 0, count: (rate - padded.count % rate) % rate)
    padded[padded.count - 1] |= 0x80
    for start in stride(from: 0, to: padded.count, by: rate) {
      for lane in 0..<rate / 8 {
        var word: UInt64 = 0
        for byte in (0..<8).reversed() {
          word = word << 8 | UInt64(padded[start + lane * 8 + byte])
        }
        state[lane] ^= word
      }
      permute(&state)
    }
    return state.prefix(4).flatMap { lane in
      (0..<8).map { UInt8(truncatingIfNeeded: lane >> ($0 * 8)) }
    }
  }

  /// Keccak-f[1600] (FIPS 202 section 3.3).
  private static func permute(_ state: inout [UInt64]) {
    var register: UInt8 = 1
    for _ in 0..<24 {
      var column = [UInt64](repeating: 0, count: 5)
      for x in 0..<5 {
        column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
      }
      for x in 0..<5 {
        let mix = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1)
        for y in stride(from: 0, to: 25, by: 5) { state[x + y] ^= mix }
      }
      var (x, y) = (1, 0)
      var current = state[1]
      for step in 0..<24 {
        (x, y) = (y, (2 * x + 3 * y) % 5)
        let next = state[x + 5 * y]
        state[x + 5 * y] = rotate(current, (step + 1) * (step + 2) / 2 % 64)
        current = next
      }
      for y in stride(from: 0, to: 25, by: 5) {
        let row = Array(state[y..<y + 5])
        for x in 0..<5 { state[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]) }
      }
      // The round constant's bits come from a linear feedback shift register.
      for bit in 0..<7 {
        if register & 1 != 0 { state[0] ^= 1 << UInt64((1 << bit) - 1) }
        register = register & 0x80 != 0 ? register << 1 ^ 0x71 : register << 1
      }
    }
  }

  private static func rotate(_ value: UInt64, _ count: Int) -> UInt64 {
    count == 0 ? value : value << UInt64(count) | value >> UInt64(64 - count)
  }
}
