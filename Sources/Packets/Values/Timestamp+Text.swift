extension Timestamp {
  /// Reads a moment as RFC 3339 section 5.6 writes it, or a day, which is its first moment.
  ///
  /// Seconds may be left out, a space may stand for the `T`, and without an offset the moment is in UTC. Nil for anything
  /// else, and for moments outside of what a timestamp holds.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard let year = Self.number(&rest, 4), Self.take(&rest, "-"),
      let month = Self.number(&rest, 2), Self.take(&rest, "-"), let day = Self.number(&rest, 2),
      (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
    else { return nil }
    var seconds = Int64(Self.day(year, month, day)) * 86_400
    var fraction: Int64 = 0
    if !rest.isEmpty {
      guard Self.take(&rest, "Tt "), let clock = Self.clock(&rest, &fraction),
        let offset = Self.offset(&rest), rest.isEmpty
      else { return nil }
      seconds += clock - offset
    }
    self.init(seconds: seconds, nanoseconds: fraction)
    if nanoseconds == .min || nanoseconds == .max { return nil }
  }

  /// `10:00`, `10:00:00` or `10:00:00.25` in seconds of the day; what is behind the point in nanoseconds.
  private static func clock(_ rest: inout ArraySlice<UInt8>, _ fraction: inout Int64) -> Int64? {
    guard let hour = number(&rest, 2), take(&rest, ":"), let minute = number(&rest, 2), hour < 24,
      minute < 60
    else { return nil }
    var second = 0
    if take(&rest, ":") {
      // A leap second is the first moment of the next minute here.
      guard let number = number(&rest, 2), number <= 60 else { return nil }
      second = number
      if take(&rest, ".") {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        for place in 0..<9 {
          let digit = place < digits.count ? digits[digits.startIndex + place] - 0x30 : 0
          fraction = fraction * 10 + Int64(digit)
        }
      }
    }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  /// `Z`, `+02:00`, or nothing, which is UTC; in seconds.
  private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    if rest.isEmpty || take(&rest, "Zz") { return 0 }
    let isNegative = rest.first == UInt8(ascii: "-")
    guard take(&rest, "+-"), let hour = number(&rest, 2), take(&rest, ":"),
      let minute = number(&rest, 2), hour < 24, minute < 60
    else { return nil }
    return Int64(hour * 3600 + minute * 60) * (isNegative ? -1 : 1)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ width: Int) -> Int? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    rest = rest.dropFirst(width)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func take(_ rest: inout ArraySlice<UInt8>, _ any: String) -> Bool {
    guard let next = rest.first, any.utf8.contains(next) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar. Years begin in March here, so that the leap day is the
  /// last of its year.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
