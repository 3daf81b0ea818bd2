import Packets

/// Moments as people and RFC 3339 write them, in UTC, without a calendar library.
enum Times {
  /// A day and a time of day.
  struct Parts {
    var year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0
    /// Nanoseconds of the second.
    var fraction = 0
  }

  /// The parts of a moment in the proleptic Gregorian calendar.
  static func parts(_ time: Timestamp) -> Parts {
    let seconds = floorDivide(time.nanoseconds, 1_000_000_000)
    let days = floorDivide(seconds.quotient, 86_400)
    // Days are counted from 0000-03-01, so that the leap day is the last of its year; 146,097 days are 400 years.
    let era = floorDivide(days.quotient + 719_468, 146_097)
    let ofEra = era.remainder
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let second = days.remainder
    return Parts(
      year: Int(yearOfEra + era.quotient * 400 + (month <= 2 ? 1 : 0)), month: Int(month),
      day: Int(ofYear - (153 * shifted + 2) / 5 + 1), hour: Int(second / 3600),
      minute: Int(second / 60 % 60), second: Int(second % 60), fraction: Int(seconds.remainder))
  }

  /// The first moment of a year.
  static func newYear(_ year: Int) -> Timestamp {
    let before = Int64(year) - 1
    let leapDays = before / 4 - before / 100 + before / 400
    // 719,162 days lie between the first days of the years 1 and 1970.
    return Timestamp(seconds: (before * 365 + leapDays - 719_162) * 86_400, nanoseconds: 0)
  }

  /// `2003-05-01T10:00:00.123456Z` with so many digits of the second (RFC 3339 section 5.6).
  static func rfc3339(_ time: Timestamp, digits: Int) -> String {
    let parts = parts(time)
    return date(parts) + "T" + clock(parts, digits: digits) + "Z"
  }

  /// `2003-05-01`.
  static func date(_ parts: Parts) -> String {
    "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }

  /// `10:00:00.123456`.
  static func clock(_ parts: Parts, digits: Int) -> String {
    "\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2))"
      + fraction(parts.fraction, digits: digits)
  }

  /// `.123456`, or nothing for no digits.
  static func fraction(_ nanoseconds: Int, digits: Int) -> String {
    digits < 1 ? "" : "." + padded(nanoseconds, 9).prefix(min(digits, 9))
  }

  /// A length of time: `850 us`, `12 ms`, `1.2 s`, `3 min 20 s`, `5 h 2 min`, `3 days 4 h`, `23 years 251 days`.
  static func duration(_ nanoseconds: Int64) -> String {
    let span = max(nanoseconds, 0)
    switch span {
    case 0: return "0 s"
    case ..<1_000_000: return "\(span / 1000) us"
    case ..<1_000_000_000: return "\(span / 1_000_000) ms"
    case ..<60_000_000_000:
      let tenths = span / 100_000_000
      return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    case ..<3_600_000_000_000:
      let seconds = span / 1_000_000_000
      return "\(seconds / 60) min \(seconds % 60) s"
    case ..<172_800_000_000_000:
      let minutes = span / 60_000_000_000
      return "\(minutes / 60) h \(minutes % 60) min"
    case ..<63_072_000_000_000_000:
      let hours = span / 3_600_000_000_000
      return "\(hours / 24) days \(hours % 24) h"
    default:
      // Years of 365 days: nobody plans by the leap days in it.
      let days = span / 86_400_000_000_000
      return "\(days / 365) years \(Amounts.count(Int(days % 365), "day"))"
    }
  }

  /// The same in at most six characters, whole seconds: `0s`, `12s`, `3m20s`, `5h2m`, `3d4h`, `400d`.
  static func short(_ nanoseconds: Int64) -> String {
    let seconds = max(nanoseconds, 0) / 1_000_000_000
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3_600: return "\(seconds / 60)m\(seconds % 60)s"
    case ..<172_800: return "\(seconds / 3_600)h\(seconds / 60 % 60)m"
    case ..<8_640_000: return "\(seconds / 86_400)d\(seconds / 3_600 % 24)h"
    default: return "\(seconds / 86_400)d"
    }
  }

  /// A number with leading zeros.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }

  /// Two hexadecimal digits.
  static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  static func floorDivide(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64)
  {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
