import Digests

/// The keys of Initial packets, which anyone can derive from the client's first Destination
/// Connection ID (RFC 9001 section 5.2, RFC 9369 section 3.3).
struct QUICKeys {
  private let key: AES128
  private let vector: [UInt8]
  private let header: AES128

  /// The keys that protect the client's packets, or the server's.
  init(version: QUICVersion, salt: [UInt8], connection: [UInt8], ofClient: Bool) {
    let initial = HKDF.extract(connection, salt: salt)
    let secret = Self.expand(initial, ofClient ? "client in" : "server in", SHA256.count)
    key = AES128(key: Self.expand(secret, version.label + " key", AES128.count))
    vector = Self.expand(secret, version.label + " iv", 12)
    header = AES128(key: Self.expand(secret, version.label + " hp", AES128.count))
  }

  /// HKDF-Expand-Label with an empty context (RFC 8446 section 7.1).
  private static func expand(_ secret: [UInt8], _ label: String, _ count: Int) -> [UInt8] {
    let name = Array("tls13 ".utf8) + label.utf8
    return HKDF.expand(
      secret, info: [0, UInt8(count), UInt8(name.count)] + name + [0], count: count)
  }

  /// The frames of an Initial packet; nil when the authentication tag does not fit or bytes are
  /// missing.
  func frames(of packet: QUICPacket, in bytes: [UInt8]) -> [UInt8]? {
    let start = packet.numberOffset
    let end = packet.offset + packet.length
    guard start > 0, end <= bytes.count, start + 20 <= end else { return nil }
    // The mask comes from a sample four bytes behind the packet number's start (RFC 9001 section
    // 5.4).
    let mask = headerMask(sample: Array(bytes[start + 4..<start + 20]))
    guard mask.count == 16 else { return nil }
    var head = Array(bytes[packet.offset..<start])
    head[0] ^= mask[0] & 0x0f
    let width = Int(head[0] & 3) + 1
    guard start + width + AES128.tagCount <= end else { return nil }
    var nonce = vector
    for index in 0..<width {
      let byte = bytes[start + index] ^ mask[index + 1]
      head.append(byte)
      nonce[nonce.count - width + index] ^= byte
    }
    return key.open(Array(bytes[start + width..<end]), nonce: nonce, head: head)
  }

  /// The mask that protects a header with this sample behind it (RFC 9001 section 5.4.3); empty
  /// when it is no sample.
  func headerMask(sample: [UInt8]) -> [UInt8] {
    header.encrypt(block: sample) ?? []
  }
}
