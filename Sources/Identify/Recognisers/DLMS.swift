import Flows
import Packets

extension Recogniser {
  /// DLMS/COSEM of meters: HDLC frames with two checksums, or the TCP/UDP wrapper around association and service units.
  static let dlms = Recogniser(
    name: "dlms", title: "DLMS/COSEM",
    specification: "IEC 62056-46 (HDLC), IEC 62056-47 (wrapper), IEC 62056-53",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      if walk.peek() == 0x7e {
        // A flag may end one frame and begin the next.
        try walk.skip(1)
        guard walk.remaining > 0 else { throw .short }
        let format = try walk.uint16()
        guard format >> 12 == 10 else { throw .wrong }
        return Int(format & 0x7ff) + 2
      }
      try walk.expect([0, 1])
      try walk.skip(4)
      let length = Int(try walk.uint16())
      guard length > 0 else { throw .wrong }
      return length + 8
    },
    read: { message, _ throws(Misfit) in
      message.bytes.first == 0x7e ? try COSEM.frame(message) : try COSEM.wrapped(message)
    })
}

private enum COSEM {
  /// An HDLC frame: format, addresses, control, checksum, information, checksum, flag.
  static func frame(_ message: MessageRun.Message) throws(Misfit) -> Saying? {
    guard message.isWhole else { return nil }
    let content = message.bytes.dropFirst().dropLast()
    guard message.bytes.last == 0x7e, content.count >= 7 else { throw .wrong }
    var walk = ByteWalk(content, .little)
    try walk.skip(2)
    for _ in 0..<2 {
      // An address ends with the byte whose lowest bit is set.
      var length = 0
      while try walk.uint8() & 1 == 0 {
        length += 1
        guard length < 4 else { throw .wrong }
      }
    }
    try walk.skip(1)
    // Behind the control byte stands the header's checksum, or the frame's where there is no information. A recording
    // whose secrets were overwritten has only the first of them right.
    guard checksum(content.prefix(walk.offset)) == (try walk.uint16()) else { throw .wrong }
    // A gateway may call the meter or the meter the gateway: who commands shows nothing of who opened the connection.
    return Saying(isChecked: true, isSufficient: true, what: "HDLC frame")
  }

  /// A unit behind the wrapper; associations show who asks.
  static func wrapped(_ message: MessageRun.Message) throws(Misfit) -> Saying {
    var walk = message.walk()
    try walk.skip(2)
    let source = try walk.uint16()
    let destination = try walk.uint16()
    guard source < 0x4000, destination < 0x4000 else { throw .wrong }
    try walk.skip(2)
    let tag = try walk.uint8()
    var saying = Saying(what: "wrapper header")
    // The two ports change places in the answer.
    saying.echo = UInt64(min(source, destination)) << 16 | UInt64(max(source, destination))
    switch tag {
    case 0x60, 0x61:
      let length = Int(try walk.uint8())
      guard !message.isWhole || length == walk.remaining else { throw .wrong }
      let context: [UInt8] = [0x60, 0x85, 0x74, 0x05, 0x08]
      guard walk.rest.firstIndex(ofRun: context, within: 64) != nil || !message.isWhole else {
        throw .wrong
      }
      saying.part = tag == 0x60 ? .request : .response
      saying.isSufficient = true
    case 0xc0, 0xc1, 0xc3: saying.part = .request
    case 0xc4, 0xc5, 0xc7: saying.part = .response
    case 0xc2, 0xd8, 0x0e, 0x0f, 0x62, 0x63, 0xc8...0xd7, 0xdb...0xdf, 0x21, 0x28, 0x29, 0x2c: break
    default: throw .wrong
    }
    // Without an association only the ports would be common.
    if !saying.isSufficient { saying.echo = saying.echo.map { $0 & 0 } }
    return saying
  }

  /// The frame check sequence of HDLC (ISO 13239).
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    var value: UInt16 = 0xffff
    for byte in bytes {
      value ^= UInt16(byte)
      for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0x8408 : value >> 1 }
    }
    return ~value
  }
}
