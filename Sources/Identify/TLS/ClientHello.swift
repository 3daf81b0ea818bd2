import Packets

/// A ClientHello of TLS (RFC 8446 section 4.1.2) or DTLS (RFC 6347 section 4.2.1), whole or cut.
struct ClientHello {
  /// The version of its own field; the newest offered is `newest`.
  let version: TLSVersion
  /// The random value.
  let random: [UInt8]
  /// The DTLS cookie.
  private(set) var cookie: [UInt8] = []
  /// Cipher suites in order of preference.
  private(set) var ciphers: [UInt16] = []
  /// Extensions, those that are there.
  private(set) var extensions = TLSExtensions()
  /// Whether every field was there and every length adds up.
  private(set) var isWhole = false

  /// Reads the body of a ClientHello (behind the handshake header). `isCut` says that bytes are
  /// missing at the end; nil when a field contradicts, or when the bytes end before the cipher
  /// suites begin.
  init?(_ body: [UInt8], isCut: Bool, isDatagram: Bool = false) {
    var reader = Reader(body.span)
    guard let number = reader.uint16(), let random = reader.copy(32), let session = reader.uint8()
    else { return nil }
    version = TLSVersion(rawValue: number)
    self.random = random
    guard isDatagram ? version.isDatagram : version.isStream, session <= 32,
      reader.skip(Int(session))
    else { return nil }
    if isDatagram {
      guard let cookie = reader.vector8() else { return nil }
      self.cookie = cookie
    }
    guard let suites = reader.uint16(), suites >= 2, suites % 2 == 0 else { return nil }
    for _ in 0..<suites / 2 {
      guard let suite = reader.uint16() else {
        if isCut { return }
        return nil
      }
      ciphers.append(suite)
    }
    guard let methods = reader.vector8() else {
      if isCut, reader.peek() != 0 { return }
      return nil
    }
    guard methods.contains(0) else { return nil }
    guard reader.remaining > 0 else {
      isWhole = !isCut
      return
    }
    guard let length = reader.uint16() else {
      if isCut { return }
      return nil
    }
    let missing = Int(length) > reader.remaining
    guard isCut ? Int(length) >= reader.remaining : Int(length) == reader.remaining,
      let list = reader.copy(reader.remaining),
      let extensions = TLSExtensions(list, isCut: missing)
    else { return nil }
    self.extensions = extensions
    isWhole = !missing
  }

  /// The newest version that it offers.
  var newest: TLSVersion { extensions.versionsOffered.max() ?? version }

  /// What it tells a user: host, application protocols, the client's fingerprint.
  func facts(over carrier: JA4Carrier) -> [Fact] {
    var facts: [Fact] = []
    if let name = extensions.serverName { facts.append(Fact(.serverName, name)) }
    let offered = extensions.protocols
    if !offered.isEmpty {
      facts.append(
        Fact(.alpn, offered.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")))
    }
    if let ja4 = ja4(over: carrier) { facts.append(Fact(.ja4, ja4)) }
    return facts
  }
}
