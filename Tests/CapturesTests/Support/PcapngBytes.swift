/// A pcapng file that a test builds.
struct PcapngBytes {
  private(set) var all: [UInt8] = []
  /// Where each block ends.
  private(set) var ends: [Int] = []
  private var isBigEndian = false

  mutating func block(_ type: UInt32, _ body: [UInt8], trailing: UInt32? = nil) {
    var block = Bytes(isBigEndian: isBigEndian)
    block.add(type)
    block.add(UInt32(body.count + 12))
    block.add(body)
    block.add(trailing ?? UInt32(body.count + 12))
    all += block.all
    ends.append(all.count)
  }

  mutating func section(bigEndian: Bool = false, major: UInt16 = 1, minor: UInt16 = 0) {
    isBigEndian = bigEndian
    var body = Bytes(isBigEndian: bigEndian)
    body.add(UInt32(0x1a2b_3c4d))
    body.add(major)
    body.add(minor)
    body.add(UInt64.max)
    block(0x0a0d_0d0a, body.all)
  }

  mutating func interface(
    linkType: UInt16 = 1, snapshotLength: UInt32 = 0, options: [(UInt16, [UInt8])] = []
  ) {
    var body = Bytes(isBigEndian: isBigEndian)
    body.add(linkType)
    body.add(UInt16(0))
    body.add(snapshotLength)
    body.add(encoded(options))
    block(1, body.all)
  }

  mutating func enhanced(
    _ interface: UInt32 = 0, time: UInt64, _ frame: [UInt8], length: UInt32? = nil,
    captured: UInt32? = nil, options: [(UInt16, [UInt8])] = []
  ) {
    var body = Bytes(isBigEndian: isBigEndian)
    body.add(interface)
    body.add(UInt32(truncatingIfNeeded: time >> 32))
    body.add(UInt32(truncatingIfNeeded: time))
    body.add(captured ?? UInt32(frame.count))
    body.add(length ?? UInt32(frame.count))
    body.add(frame)
    body.pad()
    body.add(encoded(options))
    block(6, body.all)
  }

  mutating func obsolete(_ interface: UInt16 = 0, time: UInt64, _ frame: [UInt8]) {
    var body = Bytes(isBigEndian: isBigEndian)
    body.add(interface)
    body.add(UInt16(7))
    body.add(UInt32(truncatingIfNeeded: time >> 32))
    body.add(UInt32(truncatingIfNeeded: time))
    body.add(UInt32(frame.count))
    body.add(UInt32(frame.count))
    body.add(frame)
    body.pad()
    block(2, body.all)
  }

  mutating func simple(_ frame: [UInt8], length: UInt32? = nil) {
    var body = Bytes(isBigEndian: isBigEndian)
    body.add(length ?? UInt32(frame.count))
    body.add(frame)
    body.pad()
    block(3, body.all)
  }

  /// A number as an option's value, in the section's order.
  func value(_ numbers: UInt32...) -> [UInt8] {
    var bytes = Bytes(isBigEndian: isBigEndian)
    for number in numbers { bytes.add(number) }
    return bytes.all
  }

  /// A signed number of eight bytes.
  func signed(_ number: Int64) -> [UInt8] {
    var bytes = Bytes(isBigEndian: isBigEndian)
    bytes.add(number)
    return bytes.all
  }

  private func encoded(_ options: [(UInt16, [UInt8])]) -> [UInt8] {
    var bytes = Bytes(isBigEndian: isBigEndian)
    for (code, value) in options {
      bytes.add(code)
      bytes.add(UInt16(value.count))
      bytes.add(value)
      bytes.pad()
    }
    if !options.isEmpty { bytes.add(UInt32(0)) }
    return bytes.all
  }
}
