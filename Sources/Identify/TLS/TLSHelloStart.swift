import Flows

/// The headers in front of a hello, of a side whose first frame was cut soon behind them (RFC 8446 sections 4 and 5.1).
struct TLSHelloStart {
  /// Bytes as far as the hello's version.
  static let length = 11

  /// Whether it is a ServerHello; else it is a ClientHello.
  let isServer: Bool

  /// Reads a side from its first byte; nil when it is no hello: a handshake record, its version, its length, the type, a
  /// length that fits in the record, the hello's version.
  init?(_ side: SideBytes) {
    let bytes = side.bytes
    guard side.beginsAtStart, bytes.count >= Self.length, bytes[0] == 22, bytes[1] == 3,
      bytes[2] <= 3, bytes[5] == 1 || bytes[5] == 2, bytes[6] == 0, bytes[9] == 3, bytes[10] <= 3
    else { return nil }
    let record = Int(bytes[3]) << 8 | Int(bytes[4])
    let hello = Int(bytes[7]) << 8 | Int(bytes[8])
    isServer = bytes[5] == 2
    // A server may put its certificate into the same record; a client has nothing to add.
    guard hello >= 38, record <= 16_384, isServer ? hello + 4 <= record : hello + 4 == record
    else { return nil }
  }
}
