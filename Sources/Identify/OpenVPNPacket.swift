import Packets

/// A packet of OpenVPN's control channel, as far as it is in clear.
///
/// It is: operation and key, session identifier, then with `tls-auth` an HMAC and a replay counter
/// with its time (with
/// `tls-crypt` counter and time first), then acknowledged packets, their receiver's session, and a packet number.
struct OpenVPNPacket {
  /// The operation: 1 to 3 and 7, 8, 10 resets and control, 4, 11 control, 5 acknowledgement, 6, 9
  /// data.
  let operation: UInt8
  let session: [UInt8]
  /// The session of the other side that the packet repeats behind its acknowledgements.
  private(set) var echoed: [UInt8]?
  /// Whether the layout was understood to the last byte.
  private(set) var isExact = false
  /// The replay counter and its time, in the place that `tls-crypt` gives them.
  private(set) var counter: (number: UInt32, time: UInt32)?

  /// Reads one packet; `length` is what it has on the wire.
  init?(_ bytes: [UInt8], length: Int) {
    var reader = Reader(bytes.span)
    guard let first = reader.uint8(), first & 7 == 0 || first >> 3 != 7 else { return nil }
    operation = first >> 3
    if operation == 6 || operation == 9 {
      session = []
      guard length >= 16 else { return nil }
      return
    }
    guard [1, 2, 3, 4, 5, 7, 8, 10, 11].contains(operation), let session = reader.copy(8),
      length >= 14,
      !session.allSatisfy({ $0 == 0 })
    else { return nil }
    self.session = session
    // HMAC of none, MD5, SHA-1, SHA-256, SHA-512; then counter and time.
    for digest in [0, 16, 20, 32, 64] {
      guard reader.seek(to: 9 + digest) else { break }
      if digest > 0 {
        guard let number = reader.uint32(), number > 0, number < 0x10000,
          let time = reader.uint32(),
          Self.isTime(time)
        else { continue }
      }
      guard let layout = Self.layout(&reader, operation: operation, length: length) else {
        continue
      }
      echoed = layout.echoed
      isExact = true
      return
    }
    guard reader.seek(to: 9), let number = reader.uint32(), let time = reader.uint32(),
      Self.isTime(time)
    else { return }
    counter = (number & 0xffff, time)
  }

  /// Acknowledgements, the session that they are for, a packet number.
  private static func layout(
    _ reader: inout Reader, operation: UInt8, length: Int
  ) -> (echoed: [UInt8]?, Void)? {
    guard let count = reader.uint8(), count <= 8 else { return nil }
    var last: UInt32 = 0
    for _ in 0..<count {
      guard let number = reader.uint32(), number < 0x10000 else { return nil }
      last = max(last, number)
    }
    var echoed: [UInt8]?
    if count > 0 {
      guard let session = reader.copy(8) else { return nil }
      echoed = session
    }
    if operation == 5 { return reader.offset == length && count > 0 ? (echoed, ()) : nil }
    guard let number = reader.uint32(), number < 0x10000 else { return nil }
    // A reset carries nothing more.
    if operation != 4 { return number == 0 && reader.offset == length ? (echoed, ()) : nil }
    return reader.offset < length ? (echoed, ()) : nil
  }

  /// From 2001 to 2038.
  private static func isTime(_ time: UInt32) -> Bool { (0x3a4f_c880...0x7fff_ffff).contains(time) }
}
