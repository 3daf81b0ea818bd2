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
    do { try append(block: PcapngSection.header, body) } catch { failure = error }
  }

  /// The Interface Description Block (section 4.2) of a source, written before its first packet.
  mutating func interfaceNumber(_ source: Source) throws(CaptureError) -> UInt32 {
    if let known = interfaces[source] { return known }
    let number = UInt32(clamping: interfaces.count)
    var options = PcapngOptions()
    if let name = source.name { options.add(OptionCode.interfaceName, name) }
    options.add(OptionCode.timeResolution, [9])
    let linkType = try LinkTypeNumbers.fileNumber(linkType: source.linkType, for: path)
    let body =
      PcapngOptions.bytes(UInt16(truncatingIfNeeded: linkType)) + PcapngOptions.bytes(UInt16(0))
      + PcapngOptions.bytes(UInt32(Self.longestFrame)) + options.finished
    try append(block: 1, body)
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
    file.append(
      numbers: 6, total, interface, UInt32(time >> 32), UInt32(truncatingIfNeeded: time),
      UInt32(clamping: bytes.count), UInt32(clamping: length))
    file.append(bytes, padded: true)
    if !options.isEmpty { file.append(options) }
    file.append(numbers: total)
    try file.endUnit()
  }

  /// What the kernel counted of a device, at the end of a live capture (Interface Statistics Block, section 4.6).
  ///
  /// - Parameters:
  ///   - statistics: The counts since the device was opened.
  ///   - nanoseconds: When that was asked, since 1970.
  ///   - since: When the capture began, since 1970.
  ///   - linkType: The device's DLT number.
  ///   - interface: Its number, as it was given with its packets.
  ///   - name: Its name, as it was given with its packets.
  public mutating func writeStatistics(
    _ statistics: CaptureStatistics, nanoseconds: Int64, since: Int64, linkType: Int32,
    interface: Int, name: String?
  ) {
    guard !isPcap, failure == nil else { return }
    func time(_ nanoseconds: Int64) -> [UInt8] {
      let time = UInt64(max(0, nanoseconds))
      return PcapngOptions.bytes(UInt32(time >> 32))
        + PcapngOptions.bytes(UInt32(truncatingIfNeeded: time))
    }
    var options = PcapngOptions()
    options.add(OptionCode.startTime, time(since))
    options.add(OptionCode.endTime, time(nanoseconds))
    options.add(
      OptionCode.interfaceDropped, number: UInt64(clamping: statistics.interfaceDropped))
    options.add(OptionCode.filterAccepted, number: UInt64(clamping: statistics.received))
    options.add(OptionCode.systemDropped, number: UInt64(clamping: statistics.dropped))
    do {
      let number = try interfaceNumber(
        Source(interface: interface, linkType: linkType, name: name))
      let body = PcapngOptions.bytes(number) + time(nanoseconds) + options.finished
      try append(block: 5, body)
    } catch {
      failure = error
    }
  }

  /// Adds the name of an address, once; the name was asked for by the user (Name Resolution Block, section 4.5).
  ///
  /// `address` is 4 or 16 bytes as they stand in a header; pcap can't hold it.
  public mutating func writeName(_ name: String, of address: [UInt8]) {
    guard !isPcap, failure == nil, address.count == 4 || address.count == 16 else { return }
    let text = Array(name.utf8.prefix(Self.longestHostName).prefix { $0 != 0 })
    guard !text.isEmpty else { return }
    if names.count >= Self.mostNames { names.removeAll(keepingCapacity: true) }
    guard names.insert("\(address) \(name)").inserted else { return }
    var records = PcapngOptions()
    records.add(address.count == 4 ? 1 : 2, address + text + [0])
    do { try append(block: 4, records.finished) } catch { failure = error }
  }

  /// The longest name that DNS has (RFC 1035 section 2.3.4), as text.
  private static let longestHostName = 255
  /// So many names are remembered as written; then all are forgotten, and one may come twice.
  private static let mostNames = 65_536

  /// Adds a block of a type with a body whose length is a multiple of four.
  mutating func append(block type: UInt32, _ body: [UInt8]) throws(CaptureError) {
    let total = PcapngOptions.bytes(UInt32(clamping: body.count + 12))
    file.append(PcapngOptions.bytes(type) + total + body + total)
    try file.endUnit()
  }
}
