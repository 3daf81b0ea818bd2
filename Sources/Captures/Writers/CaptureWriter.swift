import Glibc

/// Writes a capture: pcapng, or pcap when the file's name ends in `.pcap`.
///
/// libpcap has no pcapng writer. Ours writes what Wireshark, tcpdump and capinfos read: one
/// section, an interface block for each source, enhanced packet blocks with comments
/// (draft-ietf-opsawg-pcapng).
public struct CaptureWriter: ~Copyable {
  let path: String
  let isPcap: Bool
  let isPacketBuffered: Bool
  let application: String
  var file: OutputFile
  var interfaces: [Source: UInt32] = [:]
  var pcapLinkType: Int32?
  var processes: Set<ProcessKey> = []
  var names: Set<String> = []
  /// Why nothing is written any more; nil while all is well.
  public internal(set) var failure: CaptureError?

  /// What makes an interface of its own in the file.
  struct Source: Hashable {
    let interface: Int
    let linkType: Int32
    let name: String?
  }

  /// What makes a process another one than before: the kernel gives numbers out again.
  struct ProcessKey: Hashable {
    let process: UInt32
    let start: UInt64?
  }

  /// The most bytes of a frame that are kept, as readers will not take longer ones.
  static let longestFrame = 262_144

  /// Opens the file; `-` is standard output. With `isPacketBuffered` each packet is written out at
  /// once.
  ///
  /// - Throws: `CaptureError` when it can't be opened.
  public init(path: String, application: String, isPacketBuffered: Bool = false)
    throws(CaptureError)
  {
    self.path = path
    isPcap = path.hasSuffix(".pcap")
    self.isPacketBuffered = isPacketBuffered || path == "-"
    self.application = application
    file = try OutputFile(path: path)
    if !isPcap { begin() }
    // Who reads along is told at once what is to come.
    if self.isPacketBuffered { _ = flush() }
  }

  /// Writes to a descriptor that is open for it, which is closed with the writer; `path` tells the format and stands in
  /// errors.
  public init(
    descriptor: Int32, path: String, application: String, isPacketBuffered: Bool = false
  ) {
    self.path = path
    isPcap = path.hasSuffix(".pcap")
    self.isPacketBuffered = isPacketBuffered || path == "-"
    self.application = application
    file = OutputFile(descriptor: descriptor, source: path)
    if !isPcap { begin() }
    if self.isPacketBuffered { _ = flush() }
  }

  /// Bytes of the file so far, those in the buffer included.
  public var length: UInt64 { file.length }

  /// Adds a packet. After the first failure all later ones are dropped; `finish` and `flush` tell
  /// of it.
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
  ///   - direction: Whether this host sent it, when known; pcap can't hold it.
  public mutating func write(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32, interface: Int,
    name: String?,
    comment: String? = nil, process: ProcessThread? = nil, direction: FrameDirection? = nil
  ) {
    guard failure == nil else { return }
    let bytes = bytes.extracting(first: Self.longestFrame)
    let length = max(length, bytes.count)
    do {
      if isPcap {
        try writeRecord(bytes, length: length, nanoseconds: nanoseconds, linkType: linkType)
      } else {
        let number = try interfaceNumber(
          Source(interface: interface, linkType: linkType, name: name))
        var options = PcapngOptions()
        if let comment { options.add(OptionCode.comment, comment) }
        if let direction { options.add(OptionCode.flags, number: direction.rawValue) }
        if let process {
          let numbers = PcapngOptions.bytes(process.process) + PcapngOptions.bytes(process.thread)
          options.add(OptionCode.processThread, numbers)
        }
        try writeBlock(
          bytes, length: length, nanoseconds: nanoseconds, interface: number, options: options)
      }
      if isPacketBuffered { try file.flush() }
    } catch {
      failure = error
      // What precedes a packet that does not fit is sound, and is kept.
      do { try file.flush() } catch { return }
    }
  }

  /// Whether the packets go to a pipe whose reader is gone, which a write would be told.
  public var isReaderGone: Bool { path == "-" && PatientDescriptor.isReaderGone(STDOUT_FILENO) }

  /// Writes out what is buffered; returns what went wrong since the capture began, if anything did.
  public mutating func flush() -> CaptureError? {
    if failure == nil { do { try file.flush() } catch { failure = error } }
    return failure
  }

  /// Ends the file: even without a packet it is a valid one.
  public mutating func finish() -> CaptureError? {
    guard failure == nil else { return failure }
    do {
      // libpcap takes no file without a link type; Ethernet is as good as any for no packets.
      if isPcap {
        if pcapLinkType == nil { try begin(linkType: 1) }
      } else if interfaces.isEmpty {
        _ = try interfaceNumber(Source(interface: 0, linkType: 1, name: nil))
      }
    } catch {
      failure = error
    }
    return flush()
  }

  /// Goes on in another file, from its beginning; `finish` the present one before. The descriptor is closed with the
  /// writer. A failure to write to the old one does not outlive it.
  public mutating func goOn(in descriptor: Int32) {
    file = OutputFile(descriptor: descriptor, source: path)
    interfaces = [:]
    pcapLinkType = nil
    processes = []
    names = []
    failure = nil
    if !isPcap { begin() }
  }
}
