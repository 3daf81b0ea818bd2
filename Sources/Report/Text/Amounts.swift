/// Amounts in words.
enum Amounts {
  /// `512 B`, `3.2 kB`, `1.5 MB`: decimal, one digit behind the point.
  static func bytes(_ count: Int) -> String {
    var unit = 0
    var value = max(count, 0)
    guard value >= 1000 else { return "\(value) B" }
    // Whole numbers only: tenths of the unit, rounded down.
    while value >= 1_000_000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let tenths = value / 100
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }

  private static let units = ["kB", "MB", "GB", "TB", "PB"]

  /// `1 packet`, `2 packets`.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
