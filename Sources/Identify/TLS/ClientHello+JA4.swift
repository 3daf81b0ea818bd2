/// What a ClientHello came in, as JA4 tells it.
enum JA4Carrier: String {
  case tls = "t"
  case datagrams = "d"
  case quic = "q"
}

extension ClientHello {
  /// The JA4 fingerprint (FoxIO, JA4 technical details; the client's is under the BSD licence): carrier, version, whether
  /// a host is named, numbers of ciphers and extensions, the first application protocol; a digest of the sorted ciphers;
  /// a digest of the sorted extensions and the signature algorithms in their order. Nil for a hello that is cut.
  func ja4(over carrier: JA4Carrier) -> String? {
    guard isWhole else { return nil }
    let ciphers = ciphers.filter { !Self.isGREASE($0) }
    let types = extensions.types.filter { !Self.isGREASE($0) }
    let opening =
      carrier.rawValue + versionDigits + (extensions.bodies[0] == nil ? "i" : "d")
      + Self.twoDigits(ciphers.count) + Self.twoDigits(types.count) + protocolMark
    let listed = ciphers.sorted().map { Digest.hexadecimal($0) }.joined(separator: ",")
    let first = listed.isEmpty ? Self.empty : Digest.sha256(listed, digits: 12)
    // The name of the host and the application protocols vary with the destination.
    let kept = types.filter { $0 != 0 && $0 != 16 }.sorted().map { Digest.hexadecimal($0) }
    var text = kept.joined(separator: ",")
    let algorithms = signatureAlgorithms.map { Digest.hexadecimal($0) }
    if !algorithms.isEmpty { text += "_" + algorithms.joined(separator: ",") }
    let second = types.isEmpty ? Self.empty : Digest.sha256(text, digits: 12)
    return [opening, first, second].joined(separator: "_")
  }

  private static let empty = "000000000000"

  /// Values that clients send to keep servers tolerant (RFC 8701).
  private static func isGREASE(_ value: UInt16) -> Bool {
    value & 0x0f0f == 0x0a0a && value >> 8 == value & 0xff
  }

  private static func twoDigits(_ count: Int) -> String {
    let text = String(min(count, 99))
    return text.count == 1 ? "0" + text : text
  }

  /// The newest version offered, of the extension where it is there.
  private var versionDigits: String {
    var newest = version.rawValue
    if let body = extensions.bodies[43], body.count >= 3 {
      let offered = stride(from: 1, to: body.count - 1, by: 2)
        .map { UInt16(body[$0]) << 8 | UInt16(body[$0 + 1]) }.filter { !Self.isGREASE($0) }
      // Versions of DTLS count downwards.
      newest = (version.isDatagram ? offered.min() : offered.max()) ?? newest
    }
    let names: [UInt16: String] = [
      0x0304: "13", 0x0303: "12", 0x0302: "11", 0x0301: "10", 0x0300: "s3", 0x0002: "s2",
      0xfeff: "d1", 0xfefd: "d2", 0xfefc: "d3",
    ]
    return names[newest] ?? "00"
  }

  /// First and last character of the first application protocol; of its hexadecimal digits where they are no letters.
  private var protocolMark: String {
    guard let name = extensions.protocols.first, let first = name.first, let last = name.last else {
      return "00"
    }
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
    if isAlphanumeric(first), isAlphanumeric(last) {
      return String(decoding: [first, last], as: UTF8.self)
    }
    return String(first >> 4, radix: 16) + String(last & 15, radix: 16)
  }

  /// The body of `signature_algorithms` (RFC 8446 section 4.2.3).
  private var signatureAlgorithms: [UInt16] {
    guard let body = extensions.bodies[13], body.count >= 4 else { return [] }
    return stride(from: 2, to: body.count - 1, by: 2)
      .map { UInt16(body[$0]) << 8 | UInt16(body[$0 + 1]) }.filter { !Self.isGREASE($0) }
  }
}
