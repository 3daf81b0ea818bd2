/// A capture made in memory, of TCP segments in raw IPv4 (LINKTYPE_RAW), for what no recording of a real program shows.
struct MadeCapture {
  /// One end of a connection; the address is its last two bytes in 10.0.0.0/16.
  struct End {
    let host: UInt16
    let port: UInt16
  }

  /// Flags of RFC 9293 section 3.1.
  enum Flags {
    static let fin: UInt8 = 0x11
    static let syn: UInt8 = 0x02
    static let synAnswer: UInt8 = 0x12
    static let reset: UInt8 = 0x14
    static let ack: UInt8 = 0x10
    static let push: UInt8 = 0x18
  }

  /// The file so far: microseconds, host-independent byte order.
  private(set) var bytes: [UInt8] = []
  private var microseconds: UInt64 = 1_700_000_000_000_000
  /// The hop limit of what follows.
  var hopLimit: UInt8 = 64
  /// Where the last segment's record begins.
  private var last = 0

  init() {
    for value: UInt32 in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, 101] { little(value) }
  }

  /// Lets time pass before the next segment.
  mutating func wait(milliseconds: UInt64) { microseconds += milliseconds * 1_000 }

  /// Adds one segment, a millisecond after the last.
  mutating func segment(
    _ from: End, _ to: End, _ flags: UInt8, _ sequence: UInt32 = 1, _ acknowledgement: UInt32 = 0,
    _ payload: String = ""
  ) {
    wait(milliseconds: 1)
    last = bytes.count
    let size = UInt32(40 + payload.utf8.count)
    little(UInt32(microseconds / 1_000_000))
    little(UInt32(microseconds % 1_000_000))
    little(size)
    little(size)
    bytes += [0x45, 0]
    big16(UInt16(size))
    bytes += [0, 1, 0, 0, hopLimit, 6, 0, 0, 10, 0]
    big16(from.host)
    bytes += [10, 0]
    big16(to.host)
    big16(from.port)
    big16(to.port)
    big32(sequence)
    big32(acknowledgement)
    bytes += [0x50, flags, 0xfa, 0xf0, 0, 0, 0, 0]
    bytes += Array(payload.utf8)
  }

  /// Adds the last segment so many times more, at its time.
  mutating func repeatLast(_ count: Int) {
    let record = Array(bytes[last...])
    bytes.reserveCapacity(bytes.count + count * record.count)
    for _ in 0..<count { bytes += record }
  }

  /// A whole connection in which only the server speaks.
  mutating func greeting(_ client: End, _ server: End, _ text: String) {
    let end = UInt32(5_001 + text.utf8.count)
    segment(client, server, Flags.syn, 1_000)
    segment(server, client, Flags.synAnswer, 5_000, 1_001)
    segment(client, server, Flags.ack, 1_001, 5_001)
    segment(server, client, Flags.push, 5_001, 1_001, text)
    segment(client, server, Flags.fin, 1_001, end)
    segment(server, client, Flags.fin, end, 1_002)
    segment(client, server, Flags.ack, 1_002, end + 1)
  }

  private mutating func little(_ value: UInt32) {
    bytes += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private mutating func big16(_ value: UInt16) {
    bytes += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  private mutating func big32(_ value: UInt32) {
    bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
