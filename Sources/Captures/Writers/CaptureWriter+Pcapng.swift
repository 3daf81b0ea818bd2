extension CaptureWriter {
  /// The number by which readers tell the byte order.
  private static let byteOrderMagic: UInt32 = 0x1a2b_3c4d

  /// The Section Header Block (section 4.1), in this host's byte order.
  mutating func begin() {
    var options = PcapngOptions()
    options.add(OptionCode.application, application)
    let body =
      PcapngOptions.bytes(Self.byteOrderMagic) + PcapngOptions.bytes(UInt16(1))
      + PcapngOptions.bytes(UInt16(0)) + PcapngOptions.bytes(UInt64.max) + options.finished
    do { try file.append(Self.block(PcapngSection.header, body)) } catch { failure = error }
  }

  /// The Interface Description Block (section 4.2) of a source, written before its first packet.
  mutating func interfaceNumber(_ source: Source) throws(CaptureError) -> UInt32 {
    if let known = interfaces[source] { return known }
    let number = UInt32(clamping: interfaces.count)
    var options = PcapngOptions()
    if let name = source.name { options.add(OptionCode.interfaceName, name) }
    options.add(OptionCode.timeResolution, [9])
    let linkType =
      LinkTypeNumbers.fileNumber(linkType: source.linkType) ?? UInt32(bitPattern: source.linkType)
    let body =
      PcapngOptions.bytes(UInt16(truncatingIfNeeded: linkType)) + PcapngOptions.bytes(UInt16(0))
      + PcapngOptions.bytes(UInt32(Self.longestFrame)) + options.finished
    try file.append(Self.block(1, body))
    interfaces[source] = number
    return number
  }

  /// The Enhanced Packet Block (section 4.3).
  mutating func writeBlock(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, interface: UInt32,
    options: PcapngOptions
  ) throws(CaptureError) {
    let options = options.finished
    let total = UInt32(clamping: 32 + (bytes.count + 3) / 4 * 4 + options.count)
    let time = UInt64(max(0, nanoseconds))
    try file.append(
      numbers: 6, total, interface, UInt32(time >> 32), UInt32(truncatingIfNeeded: time),
      UInt32(clamping: bytes.count), UInt32(clamping: length))
    try file.append(bytes, padded: true)
    if !options.isEmpty { try file.append(options) }
    try file.append(numbers: total)
  }

  /// What the kernel counted, at the end of a live capture (Interface Statistics Block, section
  /// 4.6).
  public mutating func writeStatistics(_ statistics: CaptureStatistics, nanoseconds: Int64) {
    guard !isPcap, failure == nil, let first = interfaces.values.min() else { return }
    var options = PcapngOptions()
    options.add(
      OptionCode.interfaceDropped, number: UInt64(clamping: statistics.interfaceDropped))
    options.add(OptionCode.filterAccepted, number: UInt64(clamping: statistics.received))
    options.add(OptionCode.systemDropped, number: UInt64(clamping: statistics.dropped))
    let time = UInt64(max(0, nanoseconds))
    let body =
      PcapngOptions.bytes(first) + PcapngOptions.bytes(UInt32(time >> 32))
      + PcapngOptions.bytes(UInt32(truncatingIfNeeded: time)) + options.finished
    do { try file.append(Self.block(5, body)) } catch { failure = error }
  }

  /// A block of a type with a body whose length is a multiple of four.
  static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    let total = PcapngOptions.bytes(UInt32(clamping: body.count + 12))
    return PcapngOptions.bytes(type) + total + body + total
  }
}
