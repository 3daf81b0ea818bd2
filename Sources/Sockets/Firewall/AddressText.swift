import Glibc

/// Addresses as text.
enum AddressText {
  /// An address of 4 or 16 bytes; nothing for other lengths. The corresponding C function is `inet_ntop`.
  static func of(_ address: [UInt8]) -> [UInt8] {
    guard address.count == 4 || address.count == 16 else { return [] }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = address.count == 4 ? AF_INET : AF_INET6
    let isWritten = unsafe address.withUnsafeBytes { bytes in
      unsafe buffer.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return false }
        return unsafe inet_ntop(family, bytes.baseAddress, base, socklen_t(buffer.count)) != nil
      }
    }
    return isWritten ? buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) } : []
  }
}
