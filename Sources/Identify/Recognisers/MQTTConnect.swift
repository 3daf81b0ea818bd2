/// The CONNECT packet of MQTT (3.1 section 3.1, 3.1.1 section 3.1, 5 section 3.1).
struct MQTTConnect {
  /// 3, 4 or 5.
  let level: UInt8
  /// The client identifier; empty when the server is to choose one.
  let clientID: ArraySlice<UInt8>
  /// The topic of the will message.
  let willTopic: ArraySlice<UInt8>?
  /// The user name.
  let user: ArraySlice<UInt8>?

  /// The version's name.
  var version: String { level == 3 ? "3.1" : level == 4 ? "3.1.1" : "5.0" }

  /// The packet's contents; nil when its parts don't fill exactly its length.
  init?(_ packet: MQTTPacket) {
    guard packet.type == 1, packet.isWhole else { return nil }
    var rest = packet.body
    guard let name = Self.string(&rest), let first = rest.popFirst(), let flags = rest.popFirst(),
      rest.count >= 2
    else { return nil }
    rest = rest.dropFirst(2)
    // Bridges set the level's highest bit.
    level = first & 0x7f
    guard name.elementsEqual((level == 3 ? "MQIsdp" : "MQTT").utf8), (3...5).contains(level),
      flags & 1 == 0, flags & 0x18 != 0x18, flags & 4 != 0 || flags & 0x38 == 0,
      level == 5 || flags & 0xc0 != 0x40
    else { return nil }
    if level == 5, !Self.passProperties(&rest) { return nil }
    guard let identifier = Self.string(&rest), Self.isUTF8(identifier) else { return nil }
    clientID = identifier
    if flags & 4 != 0 {
      if level == 5, !Self.passProperties(&rest) { return nil }
      guard let topic = Self.string(&rest), Self.isUTF8(topic), Self.string(&rest) != nil else {
        return nil
      }
      willTopic = topic
    } else {
      willTopic = nil
    }
    if flags & 0x80 != 0 {
      guard let name = Self.string(&rest), Self.isUTF8(name) else { return nil }
      user = name
    } else {
      user = nil
    }
    if flags & 0x40 != 0, Self.string(&rest) == nil { return nil }
    guard rest.isEmpty else { return nil }
  }

  /// Whether a body that is cut still begins as a CONNECT's does.
  static func isBeginning(_ body: ArraySlice<UInt8>) -> Bool {
    let heads: [[UInt8]] = [
      [0, 4] + Array("MQTT".utf8), [0, 6] + Array("MQIsdp".utf8),
    ]
    return heads.contains { $0.starts(with: body.prefix($0.count)) }
  }

  /// Bytes behind a length of two bytes.
  static func string(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 2 else { return nil }
    let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
    guard rest.count >= 2 + length else { return nil }
    defer { rest = rest.dropFirst(2 + length) }
    return rest.dropFirst(2).prefix(length)
  }

  /// Whether the bytes are UTF-8 without U+0000 (MQTT 3.1.1 section 1.5.3).
  static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  private static func passProperties(_ rest: inout ArraySlice<UInt8>) -> Bool {
    var length = 0
    for shift in [0, 7, 14, 21] {
      guard let byte = rest.popFirst() else { return false }
      length |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 {
        guard length <= rest.count else { return false }
        rest = rest.dropFirst(length)
        return true
      }
    }
    return false
  }
}
