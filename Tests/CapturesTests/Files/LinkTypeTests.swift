import Testing

@testable import Captures

/// What is said of a pcap header without libpcap is what libpcap says of it.
@Suite struct LinkTypeTests {
  @Test func `a link type that needs no look-up has the same number in libpcap`() {
    var same = 0
    for number in UInt16(0)...1_023 where LinkTypeNumbers.isSame(UInt32(number)) {
      let header = Self.header(link: UInt32(number), snapshotLength: 1_500)
      #expect(LinkTypeNumbers.read(header: header).header?.linkType == Int32(number))
      // As it is in the other direction.
      #expect(LinkTypeNumbers.fileNumber(linkType: Int32(number)) == UInt32(number))
      same += 1
    }
    #expect(same > 100)
    // Raw IP is one that differs.
    #expect(!LinkTypeNumbers.isSame(101) && LinkTypeNumbers.linkType(file: 101) == 12)
  }

  @Test func `a plain header is judged as libpcap judges it, and others are left to it`() {
    var random = Seeded(3699)
    var plain = 0
    for _ in 0..<3_000 {
      let link =
        [UInt32(1), 113, 101, 276, 0x0400_0001, .random(in: 0...400, using: &random)]
        .randomElement(using: &random) ?? 1
      let length =
        [UInt32(0), 1, 65_535, 262_144, 262_145, .max, 0x8000_0000]
        .randomElement(using: &random) ?? 0
      let minor = UInt16([4, 4, 4, 3, 2, 5].randomElement(using: &random) ?? 4)
      let said = LinkTypeNumbers.plain(
        version: (2, minor), link: link, snapshotLength: length)
      guard let said else { continue }
      let judged = LinkTypeNumbers.read(
        header: Self.header(link: link, snapshotLength: length, minor: minor)
      ).header
      #expect(said.linkType == judged?.linkType && said.snapshotLength == judged?.snapshotLength)
      plain += 1
    }
    #expect(plain > 300)
    #expect(LinkTypeNumbers.plain(version: (2, 3), link: 1, snapshotLength: 96) == nil)
    #expect(LinkTypeNumbers.plain(version: (2, 4), link: 1, snapshotLength: 0) == nil)
    #expect(LinkTypeNumbers.plain(version: (2, 4), link: 0x1000_0001, snapshotLength: 96) == nil)
  }

  private static func header(
    link: UInt32, snapshotLength: UInt32, minor: UInt16 = 4
  ) -> [UInt8] {
    func bytes(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    return bytes(0xa1b2_c3d4) + [2, 0, UInt8(minor), 0] + bytes(0) + bytes(0)
      + bytes(snapshotLength) + bytes(link)
  }
}
