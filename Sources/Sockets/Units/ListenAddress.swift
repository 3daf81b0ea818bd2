import Glibc

/// The value of `ListenStream=` or `ListenDatagram=` where it is an internet address (systemd.socket(5)).
struct ListenAddress: Hashable {
  /// 4 or 16 bytes; empty for a bare port.
  var address: [UInt8]
  var port: UInt16

  /// `3699`, `127.0.0.1:3699`, `[::1]:3699` or `[fe80::1]:3699%eth0`; nil for paths and everything else.
  init?(_ text: [UInt8]) {
    let value = text.prefix { $0 != UInt8(ascii: "%") }
    guard let colon = value.lastIndex(of: UInt8(ascii: ":")) else {
      guard let port = Self.port(value) else { return nil }
      self.init(address: [], port: port)
      return
    }
    guard let port = Self.port(value[(colon + 1)...]) else { return nil }
    let host = value[..<colon]
    let isIPv6 = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
    let digits = isIPv6 ? host.dropFirst().dropLast() : host
    guard digits.count < 64, digits.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    var address = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
    let result = unsafe address.withUnsafeMutableBytes { bytes in
      unsafe inet_pton(
        isIPv6 ? AF_INET6 : AF_INET, String(decoding: digits, as: UTF8.self), bytes.baseAddress)
    }
    guard result == 1 else { return nil }
    self.init(address: address, port: port)
  }

  private init(address: [UInt8], port: UInt16) {
    self.address = address
    self.port = port
  }

  private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
    Decimal.parse(digits).flatMap { UInt16(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 }
  }
}
