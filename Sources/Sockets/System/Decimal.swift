/// Decimal numbers in the kernel's texts.
enum Decimal {
  /// A number of one or more digits and nothing else; nil when it does not fit.
  static func parse(_ digits: some Collection<UInt8>) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (tens, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (next, tooBigStill) = tens.addingReportingOverflow(UInt64(digit - 0x30))
      if tooBig || tooBigStill { return nil }
      value = next
    }
    return value
  }
}
