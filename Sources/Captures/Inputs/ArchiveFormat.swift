/// An archive that is recognised by its first bytes; the raw value is its usual name.
enum ArchiveFormat: String, Hashable, CaseIterable {
  case tar, zip
  case sevenZip = "7z"

  /// How many bytes show a tar header, whose magic lies far behind.
  static let shown = 512

  /// The archive that `bytes` begin.
  init?(beginning bytes: Span<UInt8>) {
    if bytes.begins(with: [0x50, 0x4b, 0x03, 0x04]) || bytes.begins(with: [0x50, 0x4b, 0x05, 0x06])
    {
      self = .zip
    } else if bytes.begins(with: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) {
      self = .sevenZip
    } else if Self.isTar(bytes) {
      self = .tar
    } else {
      return nil
    }
  }

  /// Old archives have no magic, but all have a checksum of their header: octal, the field itself taken for blanks.
  private static func isTar(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= shown, bytes[0] != 0 else { return false }
    var sum = 0
    for index in 0..<shown {
      sum += 148..<156 ~= index ? 0x20 : Int(bytes[index])
    }
    var told = 0
    var digits = 0
    for index in 148..<156 {
      switch bytes[index] {
      case 0x30...0x37:
        told = told * 8 + Int(bytes[index] & 7)
        digits += 1
      case 0x20 where digits == 0: continue
      default: return digits > 0 && told == sum
      }
    }
    return digits > 0 && told == sum
  }
}
