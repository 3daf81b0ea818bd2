/// Ethernet frames with sound IP and transport headers, checksums included.
struct FrameBuilder {
  /// One end of a conversation.
  struct End {
    /// Four or sixteen bytes.
    var address: [UInt8]
    var port: UInt16
  }

  /// What a segment says beside its payload.
  struct Segment {
    var sequence: UInt32
    var acknowledgement: UInt32
    /// RFC 9293's control bits.
    var flags: UInt8
    /// A whole number of four bytes.
    var options: [UInt8] = []
  }

  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(2_048) }

  /// Builds a frame; a nil `segment` makes it UDP. `identification` is IPv4's.
  mutating func build(
    from source: End, to destination: End, _ segment: Segment?, _ payload: ArraySlice<UInt8>,
    identification: UInt16
  ) {
    let header = segment.map { 20 + $0.options.count } ?? 8
    let length = header + payload.count
    bytes.removeAll(keepingCapacity: true)
    bytes += [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]
    let number: UInt8 = segment == nil ? 17 : 6
    if source.address.count == 4 {
      bytes += [8, 0, 0x45, 0]
      add16(UInt16(truncatingIfNeeded: length + 20))
      add16(identification)
      bytes += [0x40, 0, 64, number, 0, 0]
    } else {
      bytes += [0x86, 0xdd, 0x60, 0, 0, 0]
      add16(UInt16(truncatingIfNeeded: length))
      bytes += [number, 64]
    }
    bytes += source.address
    bytes += destination.address
    if source.address.count == 4 { set16(24, checksum(14..<34, 0)) }
    let start = bytes.count
    add16(source.port)
    add16(destination.port)
    if let segment {
      add32(segment.sequence)
      add32(segment.acknowledgement)
      bytes += [
        UInt8(truncatingIfNeeded: (header / 4) << 4), segment.flags, 0xfa, 0xf0, 0, 0, 0, 0,
      ]
      bytes += segment.options
    } else {
      add16(UInt16(truncatingIfNeeded: length))
      add16(0)
    }
    bytes += payload
    // The pseudo header (RFC 9293 section 3.1, RFC 8200 section 8.1): addresses, protocol, length.
    let sum = checksum(
      start - 2 * source.address.count..<bytes.count, UInt64(number) + UInt64(length))
    set16(start + (segment == nil ? 6 : 16), sum == 0 && segment == nil ? 0xffff : sum)
  }

  private mutating func add16(_ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  private mutating func add32(_ value: UInt32) {
    add16(UInt16(truncatingIfNeeded: value >> 16))
    add16(UInt16(truncatingIfNeeded: value))
  }

  private mutating func set16(_ place: Int, _ value: UInt16) {
    bytes[place] = UInt8(truncatingIfNeeded: value >> 8)
    bytes[place + 1] = UInt8(truncatingIfNeeded: value)
  }

  /// The Internet checksum (RFC 1071) of some bytes, beginning with `sum`.
  private func checksum(_ range: Range<Int>, _ sum: UInt64) -> UInt16 {
    var sum = sum
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      sum += UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
      index += 2
    }
    if index < range.upperBound { sum += UInt64(bytes[index]) << 8 }
    while sum >> 16 != 0 { sum = sum & 0xffff + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}
