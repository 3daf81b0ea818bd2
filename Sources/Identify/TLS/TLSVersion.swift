/// A version number of TLS or DTLS, as it stands in the bytes.
struct TLSVersion: Hashable, Comparable {
  let rawValue: UInt16

  /// Whether a hello may carry it as its own version: SSL 3.0 to TLS 1.3.
  var isStream: Bool { (0x0300...0x0304).contains(rawValue) }
  /// Whether it is DTLS 1.0, 1.2 or 1.3, or the number that early OpenSSL sent for DTLS 1.0.
  var isDatagram: Bool { [0xfeff, 0xfefd, 0xfefc, 0x0100].contains(rawValue) }

  /// What it is called; nil for a number that names no version.
  var name: String? {
    switch rawValue {
    case 0x0002: "SSL 2.0"
    case 0x0300: "SSL 3.0"
    case 0x0301...0x0304: "TLS 1.\(rawValue - 0x0301)"
    case 0x7f00...0x7f1c: "TLS 1.3 draft \(rawValue & 0xff)"
    case 0xfeff, 0x0100: "DTLS 1.0"
    case 0xfefd: "DTLS 1.2"
    case 0xfefc: "DTLS 1.3"
    default: nil
    }
  }

  /// Older first; DTLS counts downwards, drafts of TLS 1.3 stand before it.
  static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch rawValue {
    case 0x0304, 0xfefc: 0x1000
    case 0x7f00...0x7fff: 0x0400 + Int(rawValue & 0xff)
    case 0xfe00...0xffff: 0x0fff - Int(rawValue & 0xff)
    default: Int(rawValue)
    }
  }
}
