import Glibc

/// Writes a capture: pcapng, or pcap when the file's name ends in `.pcap`.
///
/// libpcap has no pcapng writer. Ours writes what Wireshark, tcpdump and capinfos read: one section, an interface block for
/// each source, enhanced packet blocks with comments (draft-ietf-opsawg-pcapng).
public struct CaptureWriter: ~Copyable {
  private let path: String
  private let isPcap: Bool
  private let isPacketBuffered: Bool
  private let application: String
  private var file: OutputFile
  private var interfaces: [Source: UInt32] = [:]
  private var pcapLinkType: Int32?
  private var failure: CaptureError?

  /// The number by which readers tell the byte order.
  private static let byteOrderMagic: UInt32 = 0x1a2b_3c4d

  /// What makes an interface of its own in the file.
  private struct Source: Hashable {
    let interface: Int
    let linkType: Int32
    let name: String?
  }

  /// Opens the file; `-` is standard output. With `isPacketBuffered` each packet is written out at once.
  ///
  /// - Throws: `CaptureError` when it can't be opened.
  public init(path: String, application: String, isPacketBuffered: Bool = false) throws(CaptureError) {
    self.path = path
    isPcap = path.hasSuffix(".pcap")
    self.isPacketBuffered = isPacketBuffered || path == "-"
    self.application = application
    file = try OutputFile(path: path)
    if !isPcap { begin() }
  }

  /// Adds a packet. After the first failure all later ones are dropped; `finish` and `flush` tell of it.
  ///
  /// - Parameters:
  ///   - bytes: The captured frame.
  ///   - length: Its length on the wire.
  ///   - nanoseconds: Its time since 1970.
  ///   - linkType: Its DLT number.
  ///   - interface: Which of the input's interfaces it came from.
  ///   - name: That interface's name, when known.
  ///   - comment: One line about the packet; pcap can't hold it.
  ///   - process: The process that sent or received it; pcap can't hold it.
  public mutating func write(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32, interface: Int, name: String?,
    comment: String? = nil, process: ProcessThread? = nil
  ) {
    guard failure == nil else { return }
    do {
      if isPcap {
        try writeRecord(bytes, length: length, nanoseconds: nanoseconds, linkType: linkType)
      } else {
        let number = try interfaceNumber(Source(interface: interface, linkType: linkType, name: name))
        var options = PcapngOptions()
        if let comment { options.add(OptionCode.comment, Array(comment.utf8)) }
        if let process {
          options.add(OptionCode.processThread, PcapngOptions.bytes(process.process) + PcapngOptions.bytes(process.thread))
        }
        try writeBlock(bytes, length: length, nanoseconds: nanoseconds, interface: number, options: options)
      }
      if isPacketBuffered { try file.flush() }
    } catch {
      failure = error
    }
  }

  /// What the kernel counted, at the end of a live capture (Interface Statistics Block).
  public mutating func writeStatistics(_ statistics: CaptureStatistics, nanoseconds: Int64) {
    guard !isPcap, failure == nil, let first = interfaces.values.min() else { return }
    var options = PcapngOptions()
    options.add(OptionCode.filterAccepted, PcapngOptions.bytes(UInt64(statistics.received)))
    options.add(OptionCode.interfaceDropped, PcapngOptions.bytes(UInt64(statistics.interfaceDropped)))
    options.add(OptionCode.systemDropped, PcapngOptions.bytes(UInt64(statistics.dropped)))
    let time = UInt64(bitPattern: max(0, nanoseconds))
    let body =
      PcapngOptions.bytes(first) + PcapngOptions.bytes(UInt32(time >> 32))
      + PcapngOptions.bytes(UInt32(truncatingIfNeeded: time)) + options.finished
    do { try file.append(Self.block(5, body)) } catch { failure = error }
  }

  /// Writes out what is buffered; returns what went wrong since the capture began, if anything did.
  public mutating func flush() -> CaptureError? {
    if failure == nil { do { try file.flush() } catch { failure = error } }
    return failure
  }

  /// Ends the file: even without a packet it is a valid one.
  public mutating func finish() -> CaptureError? {
    if isPcap, pcapLinkType == nil, failure == nil {
      do { try begin(linkType: 1) } catch { failure = error }
    }
    return flush()
  }

  /// Closes the file and opens it anew under the same name, for one who has moved it away.
  public mutating func reopen() -> CaptureError? {
    guard path != "-" else { return flush() }
    _ = flush()
    do {
      file = try OutputFile(path: path)
      interfaces = [:]
      pcapLinkType = nil
      failure = nil
      if !isPcap { begin() }
    } catch {
      failure = error
    }
    return failure
  }

  /// The Section Header Block (section 4.1), in this host's byte order.
  private mutating func begin() {
    var options = PcapngOptions()
    options.add(OptionCode.application, Array(application.utf8))
    let body =
      PcapngOptions.bytes(Self.byteOrderMagic) + PcapngOptions.bytes(UInt16(1)) + PcapngOptions.bytes(UInt16(0))
      + PcapngOptions.bytes(UInt64.max) + options.finished
    do { try file.append(Self.block(PcapngSection.header, body)) } catch { failure = error }
  }

  /// The Interface Description Block (section 4.2) of a source, written before its first packet.
  private mutating func interfaceNumber(_ source: Source) throws(CaptureError) -> UInt32 {
    if let known = interfaces[source] { return known }
    let number = UInt32(clamping: interfaces.count)
    var options = PcapngOptions()
    if let name = source.name { options.add(OptionCode.interfaceName, Array(name.utf8)) }
    options.add(OptionCode.timeResolution, [9])
    let linkType = LinkTypeNumbers.fileNumber(linkType: source.linkType) ?? UInt32(bitPattern: source.linkType)
    let body =
      PcapngOptions.bytes(UInt16(truncatingIfNeeded: linkType)) + PcapngOptions.bytes(UInt16(0))
      + PcapngOptions.bytes(UInt32(262_144)) + options.finished
    try file.append(Self.block(1, body))
    interfaces[source] = number
    return number
  }

  /// The Enhanced Packet Block (section 4.3).
  private mutating func writeBlock(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, interface: UInt32, options: PcapngOptions
  ) throws(CaptureError) {
    let options = options.finished
    let total = UInt32(clamping: 32 + (bytes.count + 3) / 4 * 4 + options.count)
    let time = UInt64(bitPattern: max(0, nanoseconds))
    var header = PcapngOptions.bytes(UInt32(6)) + PcapngOptions.bytes(total) + PcapngOptions.bytes(interface)
    header += PcapngOptions.bytes(UInt32(time >> 32)) + PcapngOptions.bytes(UInt32(truncatingIfNeeded: time))
    header += PcapngOptions.bytes(UInt32(clamping: bytes.count)) + PcapngOptions.bytes(UInt32(clamping: length))
    try file.append(header)
    try file.append(bytes, padded: true)
    try file.append(options + PcapngOptions.bytes(total))
  }

  /// A pcap file's header: nanoseconds, this host's byte order.
  private mutating func begin(linkType: Int32) throws(CaptureError) {
    pcapLinkType = linkType
    let number = LinkTypeNumbers.fileNumber(linkType: linkType) ?? UInt32(bitPattern: linkType)
    var header = PcapngOptions.bytes(UInt32(0xa1b2_3c4d)) + PcapngOptions.bytes(UInt16(2))
    header += PcapngOptions.bytes(UInt16(4)) + PcapngOptions.bytes(UInt64(0))
    header += PcapngOptions.bytes(UInt32(262_144)) + PcapngOptions.bytes(number)
    try file.append(header)
  }

  private mutating func writeRecord(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32
  ) throws(CaptureError) {
    if pcapLinkType == nil { try begin(linkType: linkType) }
    if let first = pcapLinkType, first != linkType {
      throw CaptureError(source: path, failure: .mixedLinkTypes(first: first, other: linkType))
    }
    let (seconds, fraction) = max(0, nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
    var header = PcapngOptions.bytes(UInt32(clamping: seconds)) + PcapngOptions.bytes(UInt32(clamping: fraction))
    header += PcapngOptions.bytes(UInt32(clamping: bytes.count)) + PcapngOptions.bytes(UInt32(clamping: length))
    try file.append(header)
    try file.append(bytes, padded: false)
  }

  private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    let total = PcapngOptions.bytes(UInt32(clamping: body.count + 12))
    return PcapngOptions.bytes(type) + total + body + total
  }
}
