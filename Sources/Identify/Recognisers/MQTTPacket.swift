/// A control packet of MQTT: its type and flags, its length, its body (MQTT 3.1.1 section 2, MQTT 5 section 2).
struct MQTTPacket {
  /// The packet's type, 1 (CONNECT) to 15 (AUTH).
  let type: UInt8
  /// The low four bits of the first byte.
  let flags: UInt8
  /// The captured part of what follows the fixed header.
  let body: ArraySlice<UInt8>
  /// The body's length as the fixed header says.
  let length: Int
  /// Where the packet begins.
  let offset: Int

  /// Whether the whole body was captured.
  var isWhole: Bool { body.count == length }
  /// The offset behind the packet, when it is whole.
  var end: Int { body.endIndex }

  /// How reading a packet ended.
  enum Outcome {
    case packet(MQTTPacket)
    case cut
    case wrong
  }

  /// The packet at `offset`.
  static func read(_ bytes: [UInt8], at offset: Int) -> Outcome {
    guard offset < bytes.count else { return .cut }
    let first = bytes[offset]
    let type = first >> 4
    guard type != 0, hasSoundFlags(type, first & 15) else { return .wrong }
    var length = 0
    var position = offset + 1
    for shift in [0, 7, 14, 21] {
      guard position < bytes.count else { return .cut }
      let byte = bytes[position]
      position += 1
      length |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 {
        // A longer form than needed is no variable byte integer (MQTT 5 section 1.5.5).
        guard shift == 0 || byte != 0 else { return .wrong }
        guard isPossible(type, length) else { return .wrong }
        let end = min(bytes.count, position + length)
        return .packet(
          MQTTPacket(
            type: type, flags: first & 15, body: bytes[position..<end], length: length,
            offset: offset))
      }
    }
    return .wrong
  }

  /// The flags that each type must have (MQTT 3.1.1 section 2.2.2); 3.1 sets the duplicate bit also elsewhere.
  private static func hasSoundFlags(_ type: UInt8, _ flags: UInt8) -> Bool {
    switch type {
    case 3: flags & 6 != 6
    case 6, 8, 10: flags == 2 || flags == 10
    default: flags == 0
    }
  }

  private static func isPossible(_ type: UInt8, _ length: Int) -> Bool {
    switch type {
    case 1: length >= 12
    case 2: length >= 2
    case 3: length >= 3
    case 4...7: (2...65_535).contains(length)
    case 8: length >= 6
    case 9: length >= 3
    case 10: length >= 5
    case 11: length >= 2
    case 12, 13: length == 0
    case 14: length <= 65_535
    default: true
    }
  }

  /// The packet identifier of an acknowledgement, a subscription or its like.
  var identifier: UInt16? {
    guard (4...11).contains(type), body.count >= 2 else { return nil }
    return UInt16(body[body.startIndex]) << 8 | UInt16(body[body.startIndex + 1])
  }

  /// The topic of a PUBLISH; nil when it has none or none that is sound.
  var topic: ArraySlice<UInt8>? {
    guard type == 3 else { return nil }
    var rest = body
    guard let topic = MQTTConnect.string(&rest), !topic.isEmpty, topic.isText,
      !topic.contains(0x23), !topic.contains(0x2b), MQTTConnect.isUTF8(topic)
    else { return nil }
    return topic
  }
}
