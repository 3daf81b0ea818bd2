import Crypto
import CryptoExtras

/// The keys of Initial packets, which anyone can derive from the client's first Destination
/// Connection ID (RFC 9001 section 5.2, RFC 9369 section 3.3).
struct QUICKeys {
  private let key: SymmetricKey
  private let vector: [UInt8]
  private let header: SymmetricKey

  /// The keys that protect the client's packets, or the server's.
  init(version: QUICVersion, salt: [UInt8], connection: [UInt8], ofClient: Bool) {
    let initial = SymmetricKey(
      data: HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: connection), salt: salt))
    let secret = Self.expand(initial, ofClient ? "client in" : "server in", 32)
    key = Self.expand(secret, version.label + " key", 16)
    let nonce = Self.expand(secret, version.label + " iv", 12)
    vector = unsafe nonce.withUnsafeBytes { unsafe Array($0) }
    header = Self.expand(secret, version.label + " hp", 16)
  }

  /// HKDF-Expand-Label with an empty context (RFC 8446 section 7.1).
  private static func expand(_ secret: SymmetricKey, _ label: String, _ count: Int)
    -> SymmetricKey
  {
    let name = Array("tls13 ".utf8) + label.utf8
    let info = [0, UInt8(count), UInt8(name.count)] + name + [0]
    return HKDF<SHA256>.expand(pseudoRandomKey: secret, info: info, outputByteCount: count)
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
    guard start + width + 16 <= end else { return nil }
    var nonce = vector
    for index in 0..<width {
      let byte = bytes[start + index] ^ mask[index + 1]
      head.append(byte)
      nonce[nonce.count - width + index] ^= byte
    }
    guard let value = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.SealedBox(
        nonce: value, ciphertext: bytes[start + width..<end - 16], tag: bytes[end - 16..<end]),
      let plain = try? AES.GCM.open(box, using: key, authenticating: head)
    else { return nil }
    return Array(plain)
  }

  /// The mask that protects a header with this sample behind it (RFC 9001 section 5.4.3); empty
  /// when it is no sample.
  func headerMask(sample: [UInt8]) -> [UInt8] {
    var mask = sample
    return (try? AES.permute(&mask, key: header)) == nil ? [] : mask
  }
}
