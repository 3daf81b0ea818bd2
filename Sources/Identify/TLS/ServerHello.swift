import Packets

/// A ServerHello of TLS (RFC 8446 section 4.1.3) or DTLS.
struct ServerHello {
  /// The version that the server chose.
  let version: TLSVersion
  /// The cipher suite that the server chose.
  let cipher: UInt16
  /// Its extensions.
  let extensions: TLSExtensions

  /// Reads the body of a ServerHello (behind the handshake header); nil when a field contradicts or
  /// is missing.
  init?(_ body: [UInt8], isDatagram: Bool = false) {
    var reader = Reader(body.span)
    guard let number = reader.uint16(), reader.skip(32), let session = reader.uint8() else {
      return nil
    }
    let own = TLSVersion(rawValue: number)
    let isDraft = (0x7f00...0x7f1c).contains(number)
    guard isDatagram ? own.isDatagram : own.isStream || isDraft else { return nil }
    // Drafts 18 to 21 of TLS 1.3 left the session identifier and the compression method out.
    if isDraft {
      guard reader.seek(to: 34) else { return nil }
    } else {
      guard session <= 32, reader.skip(Int(session)) else { return nil }
    }
    guard let cipher = reader.uint16() else { return nil }
    if !isDraft {
      guard let compression = reader.uint8(), compression <= 1 || compression == 64 else {
        return nil
      }
    }
    if reader.remaining == 0 {
      extensions = TLSExtensions()
    } else {
      guard let list = reader.vector16(), reader.remaining == 0, let read = TLSExtensions(list)
      else {
        return nil
      }
      extensions = read
    }
    self.cipher = cipher
    version = extensions.versionChosen ?? own
  }

  /// What it tells a user: version, application protocol, cipher suite.
  var facts: [Fact] {
    var facts = [Fact(.version, version.name ?? "0x" + version.rawValue.hexadecimal)]
    if let chosen = extensions.protocols.first { facts.append(Fact(.alpnChosen, chosen)) }
    facts.append(Fact(.cipher, TLSCipher.name(of: cipher)))
    return facts
  }
}

extension FixedWidthInteger {
  /// All digits in base 16.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, Self.bitWidth / 4 - digits.count)) + digits
  }
}
