extension CaptureWriter {
  /// The last moment that a pcap file can tell, in the year 2106; a later one becomes it.
  private static let latest = Int64(UInt32.max) * 1_000_000_000 + 999_999_999

  /// A pcap file's header: nanoseconds, this host's byte order.
  mutating func begin(linkType: Int32) throws(CaptureError) {
    pcapLinkType = linkType
    let number = try LinkTypeNumbers.fileNumber(linkType: linkType, for: path)
    file.append(
      PcapngOptions.bytes(PcapLayout.Kind.nanoseconds.magic) + PcapngOptions.bytes(UInt16(2))
        + PcapngOptions.bytes(UInt16(4)))
    file.append(numbers: 0, 0, UInt32(Self.longestFrame), number)
    try file.endUnit()
  }

  /// A record of a pcap file, which holds one link type.
  mutating func writeRecord(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32
  ) throws(CaptureError) {
    if pcapLinkType == nil { try begin(linkType: linkType) }
    if let first = pcapLinkType, first != linkType {
      throw CaptureError(
        source: path, failure: .mixedLinkTypes(first: first, other: linkType))
    }
    let (seconds, fraction) = min(max(0, nanoseconds), Self.latest)
      .quotientAndRemainder(dividingBy: 1_000_000_000)
    file.append(
      numbers: UInt32(clamping: seconds), UInt32(clamping: fraction), UInt32(clamping: bytes.count),
      UInt32(clamping: length))
    file.append(bytes, padded: false)
    try file.endUnit()
  }
}
