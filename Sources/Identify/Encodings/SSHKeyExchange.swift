/// The algorithms that a side of SSH offers (RFC 4253 section 7.1), as far as HASSH asks for them.
struct SSHKeyExchange {
  /// Key exchange, host key, ciphers, authentication and compression each way, as they stand.
  private(set) var lists: [ArraySlice<UInt8>] = []

  /// Reads the binary packet that begins at `start`; nil when it is no whole SSH_MSG_KEXINIT.
  init?(_ bytes: [UInt8], at start: Int) {
    guard start >= 0, start < bytes.count else { return nil }
    var walk = ByteWalk(bytes[start...])
    guard let length = try? walk.count32(atMost: 35_000), length >= 64,
      var packet = try? walk.walk(length), (try? packet.skip(1)) != nil,
      (try? packet.uint8()) == 20, (try? packet.skip(16)) != nil
    else { return nil }
    for _ in 0..<8 {
      guard let count = try? packet.count32(atMost: 8_192), let list = try? packet.take(count),
        list.isGraphic
      else { return nil }
      lists.append(list)
    }
  }

  /// HASSH (Salesforce, 2018): MD5 of key exchange, cipher, authentication and compression algorithms of one direction.
  func hassh(ofServer isServer: Bool) -> String {
    let picked = isServer ? [0, 3, 5, 7] : [0, 2, 4, 6]
    return Digest.md5(Array(picked.map { lists[$0] }.joined(separator: [0x3b]))[...])
  }
}
