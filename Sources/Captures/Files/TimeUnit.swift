/// The unit and the zero of an interface's timestamps (pcapng `if_tsresol` and `if_tsoffset`).
struct TimeUnit: Hashable {
  /// As in the file: a negative power of ten, or of two when the highest bit is set.
  let resolution: UInt8
  /// Seconds to add.
  let offset: Int64

  /// Microseconds since the epoch, when the file says nothing.
  static let microseconds = TimeUnit(resolution: 6, offset: 0)

  /// Whether the unit is finer than a microsecond.
  var isFinerThanMicroseconds: Bool {
    fractionDigits > 6
  }

  /// How many decimal digits of a second the unit needs, at most nine.
  var fractionDigits: Int {
    let exponent = Int(resolution & 0x7f)
    return min(9, resolution & 0x80 == 0 ? exponent : (exponent * 30_103 + 99_999) / 100_000)
  }

  /// So many units as nanoseconds since the epoch, clamped.
  func nanoseconds(_ units: UInt64) -> Int64 {
    let exponent = Int(resolution & 0x7f)
    let magnitude: UInt128
    if resolution & 0x80 != 0 {
      // The shift binds tighter than the product.
      magnitude = (UInt128(units) * 1_000_000_000) >> UInt128(exponent)
    } else if exponent <= 9 {
      magnitude = UInt128(units) * UInt128(Self.powerOfTen(9 - exponent))
    } else if exponent - 9 <= 19 {
      magnitude = UInt128(units / Self.powerOfTen(exponent - 9))
    } else {
      magnitude = 0
    }
    return Int64(clamping: Int128(magnitude) + Int128(offset) * 1_000_000_000)
  }

  /// Ten to so small a power (at most 19) that it fits.
  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<exponent { power &*= 10 }
    return power
  }
}
