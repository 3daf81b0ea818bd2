import Packets

/// The records of a TLS stream (RFC 8446 section 5.1, RFC 5246 section 6.2.1).
struct TLSRecords {
  /// What a record carries.
  enum Content: UInt8 {
    case changeCipherSpec = 20
    case alert = 21
    case handshake = 22
    case applicationData = 23
    case heartbeat = 24
  }

  /// One record's header and where its fragment lies.
  struct Record {
    let content: Content
    let version: UInt16
    /// Where the header starts.
    let offset: Int
    /// Bytes of the fragment as the header says.
    let length: Int
    /// The part of the fragment that is there.
    let fragment: Range<Int>

    var isWhole: Bool { fragment.count == length }
  }

  /// 2^14 bytes and what TLS 1.2 allows an encrypted record to grow by.
  static let longest = 16_384 + 2_048
  /// Records that are read.
  static let most = 64

  /// The records, the last perhaps cut.
  private(set) var records: [Record] = []
  /// Where bytes stand that are no record; nil when all bytes are records.
  private(set) var wrongAt: Int?

  /// Reads records from `start` on, until the bytes end or contradict.
  init(_ bytes: [UInt8], from start: Int = 0) {
    var offset = start
    while offset < bytes.count, records.count < Self.most {
      guard let first = Self.record(bytes, at: offset) else {
        // A header of which only a part is there is wrong if that part is.
        wrongAt = Self.couldBegin(bytes[offset...]) ? nil : offset
        return
      }
      records.append(first)
      offset = first.offset + 5 + first.length
    }
  }

  private static func record(_ bytes: [UInt8], at offset: Int) -> Record? {
    var reader = Reader(bytes.span)
    guard reader.seek(to: offset), let type = reader.uint8(), let version = reader.uint16(),
      let length = reader.uint16(), let content = Content(rawValue: type),
      0x0300...0x0304 ~= version, length <= longest
    else { return nil }
    let count = Int(length)
    switch content {
    case .changeCipherSpec where count == 0: return nil
    case .alert where count < 2, .handshake where count < 1, .heartbeat where count < 3: return nil
    default: break
    }
    let start = offset + 5
    return Record(
      content: content, version: version, offset: offset, length: count,
      fragment: start..<min(bytes.count, start + count))
  }

  private static func couldBegin(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count < 5, let type = bytes.first, Content(rawValue: type) != nil else {
      return false
    }
    let version = bytes.dropFirst().prefix(2)
    return version.first ?? 3 == 3 && (version.count < 2 || version.last ?? 0 <= 4)
  }

  /// The bytes of the leading handshake records, put together; stops at another content type, at a
  /// change of cipher, or where a fragment is cut.
  func handshake(in bytes: [UInt8]) -> (bytes: [UInt8], isCut: Bool) {
    var joined: [UInt8] = []
    for record in records {
      guard record.content == .handshake else { break }
      joined += bytes[record.fragment]
      if !record.isWhole { return (joined, true) }
    }
    return (joined, records.last?.content == .handshake)
  }
}
