/// A pcap file that a test builds.
struct PcapBytes {
  private var bytes: Bytes
  private let isModified: Bool
  /// Where the header and each record end.
  private(set) var ends: [Int] = []

  init(
    magic: UInt32 = 0xa1b2_c3d4, bigEndian: Bool = false, major: UInt16 = 2, minor: UInt16 = 4,
    snapshotLength: UInt32 = 65_535, linkType: UInt32 = 1
  ) {
    bytes = Bytes(isBigEndian: bigEndian)
    isModified = magic == 0xa1b2_cd34
    bytes.add(magic)
    bytes.add(major)
    bytes.add(minor)
    bytes.add(UInt64(0))
    bytes.add(snapshotLength)
    bytes.add(linkType)
    ends.append(bytes.all.count)
  }

  mutating func record(_ seconds: UInt32, _ fraction: UInt32, _ frame: [UInt8], length: UInt32) {
    record(seconds, fraction, UInt32(frame.count), length, frame)
  }

  /// A record with its two lengths as given.
  mutating func record(
    _ seconds: UInt32, _ fraction: UInt32, _ first: UInt32, _ second: UInt32, _ frame: [UInt8]
  ) {
    bytes.add(seconds)
    bytes.add(fraction)
    bytes.add(first)
    bytes.add(second)
    // Interface index, protocol and packet type.
    if isModified { bytes.add([2, 0, 0, 0, 8, 0, 1, 0]) }
    bytes.add(frame)
    ends.append(bytes.all.count)
  }

  var all: [UInt8] { bytes.all }
}
