/// Small capture files of the formats that no recording has: pcapng with every kind of block, Kuznetzov's pcap, snoop.
enum MadeCaptures {
  static var all: [[UInt8]] {
    [false, true].flatMap { [pcapng(isBig: $0), modifiedPcap(isBig: $0)] } + [snoop]
  }

  /// A UDP datagram to the port.
  private static let frame: [UInt8] =
    [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]
    + [0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 2]
    + [0x9c, 0x40, 0x0e, 0x73, 0, 12, 0, 0] + Array("ping".utf8)

  private static func bytes<Number: FixedWidthInteger>(
    _ number: Number, _ isBig: Bool
  ) -> [UInt8] {
    let count = Number.bitWidth / 8
    return (0..<count).map { index in
      let shift = (isBig ? count - 1 - index : index) * 8
      return UInt8(truncatingIfNeeded: number >> Number(shift))
    }
  }

  /// The section header, an interface, and a packet block of each kind (draft-ietf-opsawg-pcapng section 4).
  private static func pcapng(isBig: Bool) -> [UInt8] {
    func word(_ number: UInt32) -> [UInt8] { bytes(number, isBig) }
    func half(_ number: UInt16) -> [UInt8] { bytes(number, isBig) }
    func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
      half(code) + half(UInt16(value.count)) + value
        + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }
    func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
      let length = word(UInt32(body.count + 12))
      return word(type) + length + body + length
    }
    let padded = frame + [UInt8](repeating: 0, count: (4 - frame.count % 4) % 4)
    let sizes = word(UInt32(frame.count)) + word(UInt32(frame.count))
    let time = word(0x0006_0000) + word(0x1234_5678)
    let enhanced = block(6, word(0) + time + sizes + padded)
    let commented = block(
      6, word(0) + time + sizes + padded + option(1, Array("hi".utf8)) + word(0))
    return block(
      0x0a0d_0d0a, word(0x1a2b_3c4d) + half(1) + half(0) + word(.max) + word(.max))
      + block(1, half(1) + half(0) + word(65_535) + option(9, [6]) + word(0))
      + enhanced + enhanced + commented
      + block(3, word(UInt32(frame.count)) + padded)
      + block(2, half(0) + half(0) + time + sizes + padded)
      + block(4, half(1) + half(8) + [192, 0, 2, 1] + Array("abc".utf8) + [0] + word(0))
      + block(5, word(0) + time + option(5, [0, 0, 0, 0, 0, 0, 0, 1]) + word(0))
      + block(0xbad, word(32_473) + Array("mine".utf8)) + enhanced
  }

  /// Two records with the longer header of Kuznetzov's patch.
  private static func modifiedPcap(isBig: Bool) -> [UInt8] {
    func word(_ number: UInt32) -> [UInt8] { bytes(number, isBig) }
    let size = word(UInt32(frame.count))
    let record = word(1_000) + word(500) + size + size + word(2) + [8, 0, 0, 0] + frame
    return word(0xa1b2_cd34) + bytes(UInt16(2), isBig) + bytes(UInt16(4), isBig) + word(0) + word(0)
      + word(65_535) + word(1) + record + record
  }

  /// Two records after RFC 1761.
  private static var snoop: [UInt8] {
    func word(_ number: UInt32) -> [UInt8] { bytes(number, true) }
    let padding = [UInt8](repeating: 0, count: (4 - frame.count % 4) % 4)
    let size = word(UInt32(frame.count))
    let record =
      size + size + word(UInt32(24 + frame.count + padding.count)) + word(0) + word(1_000)
      + word(500) + frame + padding
    return Array("snoop".utf8) + [0, 0, 0] + word(2) + word(4) + record + record
  }
}
