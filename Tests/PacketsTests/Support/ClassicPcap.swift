import Packets

/// The frames of a classic capture file, read with no library, as far as the file is whole.
struct ClassicPcap {
  struct Frame {
    let bytes: [UInt8]
    let length: Int
    let time: Timestamp
  }

  let link: Int32
  private(set) var frames: [Frame] = []

  /// Nil when the bytes do not begin as such a file.
  init?(_ file: [UInt8]) {
    guard file.count >= 24 else { return nil }
    let magic = Self.number(file, 0, big: true)
    let isBig: Bool
    let unit: Int64
    switch magic {
    case 0xa1b2_c3d4: (isBig, unit) = (true, 1000)
    case 0xd4c3_b2a1: (isBig, unit) = (false, 1000)
    case 0xa1b2_3c4d: (isBig, unit) = (true, 1)
    case 0x4d3c_b2a1: (isBig, unit) = (false, 1)
    default: return nil
    }
    link = Int32(Self.number(file, 20, big: isBig) & 0xffff)
    var place = 24
    while place + 16 <= file.count {
      let captured = Int(Self.number(file, place + 8, big: isBig))
      guard captured <= file.count - place - 16 else { break }
      frames.append(
        Frame(
          bytes: Array(file[(place + 16)..<(place + 16 + captured)]),
          length: Int(Self.number(file, place + 12, big: isBig)),
          time: Timestamp(
            seconds: Int64(Self.number(file, place, big: isBig)),
            nanoseconds: Int64(Self.number(file, place + 4, big: isBig)) * unit)))
      place += 16 + captured
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int, big: Bool) -> UInt32 {
    let value = bytes[place..<(place + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return big ? value : value.byteSwapped
  }
}
