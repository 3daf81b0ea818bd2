import ArgumentParser

/// A size as tcpdump's `-C` takes it: millions of bytes, or KiB, MiB or GiB with k, m or g behind the number.
struct FileSize: ExpressibleByArgument {
  /// The size in bytes, from 1.
  let bytes: UInt64

  init?(argument: String) {
    var digits = argument[...]
    let unit: UInt64
    switch digits.last {
    case "k", "K": unit = 1 << 10
    case "m", "M": unit = 1 << 20
    case "g", "G": unit = 1 << 30
    default: unit = 1_000_000
    }
    if unit != 1_000_000 { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let number = UInt64(digits), number > 0
    else { return nil }
    let (bytes, isTooBig) = number.multipliedReportingOverflow(by: unit)
    if isTooBig { return nil }
    self.bytes = bytes
  }
}
