/// How the records of a pcap file are laid out, as its header tells (draft-ietf-opsawg-pcap).
struct PcapLayout {
  /// The kinds of pcap files, by magic.
  enum Kind: CaseIterable {
    case microseconds, nanoseconds
    /// Alexey Kuznetsov's: eight more bytes a record.
    case modified

    /// The magic as a number in the byte order of the file.
    var magic: UInt32 {
      switch self {
      case .microseconds: 0xa1b2_c3d4
      case .nanoseconds: 0xa1b2_3c4d
      case .modified: 0xa1b2_cd34
      }
    }

    /// The kind of a magic that was read in the host's order, whichever order the file has.
    init?(magic: UInt32) {
      let kind = Self.allCases.first { $0.magic == magic || $0.magic == magic.byteSwapped }
      guard let kind else { return nil }
      self = kind
    }
  }

  /// Which of a record's two lengths comes first: it changed with version 2.3.
  enum LengthOrder {
    case capturedFirst, wireFirst, smallerIsCaptured
  }

  /// libpcap's bound on a captured length, where it has no larger one for the link type.
  static let longestRecord = 262_144
  /// libpcap's largest bound, for USB and D-Bus.
  static let longestSpecialRecord = 134_217_728
  /// D-Bus, USB of Linux, Windows, macOS, USB 2.0 and the EBHSCR link: their records may be longer.
  static let specialLinkTypes: [Int32] = [189, 220, 231, 249, 266, 279, 288]

  let isSwapped: Bool
  let isNanosecond: Bool
  let headerLength: Int
  let lengthOrder: LengthOrder
  let linkType: Int32
  let fileLinkType: Int32
  let snapshotLength: Int
  let mostCaptured: Int

  /// Takes the header off `input`, which has four bytes ready.
  init(kind: Kind, from input: inout BufferedInput) throws(CaptureError) {
    guard try input.require(24) else {
      throw CaptureError(source: input.source, failure: .truncated, offset: 0)
    }
    let bytes = [UInt8](copying: input.unread.extracting(first: 24))
    isSwapped = input.uint32(at: 0) != kind.magic
    isNanosecond = kind == .nanoseconds
    headerLength = kind == .modified ? 24 : 16
    let isBigEndian = bytes[0] == 0xa1
    let major = bytes.span.uint16(at: 4, bigEndian: isBigEndian)
    let minor = bytes.span.uint16(at: 6, bigEndian: isBigEndian)
    let link = bytes.span.uint32(at: 20, bigEndian: isBigEndian)
    let plain = LinkTypeNumbers.plain(
      version: (major, minor), link: link,
      snapshotLength: bytes.span.uint32(at: 16, bigEndian: isBigEndian))
    let header = if let plain { plain } else { try Self.judged(bytes, source: input.source) }
    switch (major, minor) {
    case (2, ..<3), (543, _): lengthOrder = .wireFirst
    case (2, 3): lengthOrder = .smallerIsCaptured
    default: lengthOrder = .capturedFirst
    }
    linkType = header.linkType
    fileLinkType = Int32(truncatingIfNeeded: link & 0x03ff_ffff)
    snapshotLength = max(1, header.snapshotLength)
    mostCaptured =
      Self.specialLinkTypes.contains(header.linkType)
      ? Self.longestSpecialRecord : Self.longestRecord
    input.skip(24)
  }

  /// What libpcap makes of a header.
  private static func judged(
    _ bytes: [UInt8], source: String
  ) throws(CaptureError) -> LinkTypeNumbers.Header {
    try PcapLibrary.require(for: source)
    let judged = LinkTypeNumbers.read(header: bytes)
    guard let header = judged.header else {
      throw CaptureError(
        source: source, failure: .damaged(.header), message: judged.message, offset: 0)
    }
    return header
  }
}
