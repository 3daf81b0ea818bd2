/// A package's header as RPM's database keeps it (RPM documentation, "Package format", Header): numbers of entries and
/// of
/// bytes of data, entries of 16 bytes (tag, type, offset, count), data; all in network order.
struct RPMHeader {
  /// Tags of rpmtag.h.
  enum Tag: UInt32 {
    case name = 1000
    case version = 1001
    case release = 1002
    case epoch = 1003
    case directoryIndexes = 1116
    case baseNames = 1117
    case directoryNames = 1118
  }

  private static let entryLength = 16
  /// Entries of a header; RPM itself allows as many.
  private static let entryLimit = 0xFFFF
  /// Strings of one entry; the largest packages have some hundred thousand files.
  private static let stringLimit = 1 << 20

  private let bytes: [UInt8]
  private let data: Range<Int>
  private var entries: [UInt32: (type: UInt32, start: Int, count: Int)] = [:]

  /// Nil when the numbers do not fit the bytes.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let number = Self.number(bytes, at: 0), let length = Self.number(bytes, at: 4),
      let count = Int(exactly: number), count <= Self.entryLimit, let size = Int(exactly: length)
    else { return nil }
    let start = 8 + count * Self.entryLength
    guard start <= bytes.count, size <= bytes.count - start else { return nil }
    data = start..<(start + size)
    for index in 0..<count {
      let place = 8 + index * Self.entryLength
      guard let tag = Self.number(bytes, at: place), let type = Self.number(bytes, at: place + 4),
        let offset = Self.number(bytes, at: place + 8),
        let items = Self.number(bytes, at: place + 12)
      else { return nil }
      guard Int(offset) <= size else { continue }
      entries[tag] = (type, start + Int(offset), Int(items))
    }
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32? {
    KernelBytes.load(UInt32.self, from: bytes, at: offset).map { UInt32(bigEndian: $0) }
  }

  /// One item of an entry of 32-bit numbers (type 4).
  func number(_ tag: Tag, at index: Int = 0) -> UInt32? {
    guard let entry = entries[tag.rawValue], entry.type == 4, index >= 0, index < entry.count,
      index < data.count / 4
    else { return nil }
    let place = entry.start + index * 4
    return place + 4 <= data.upperBound ? Self.number(bytes, at: place) : nil
  }

  /// One item of an entry of strings that end in NUL (types 6, 8 and 9).
  func text(_ tag: Tag, at index: Int = 0) -> [UInt8]? {
    guard let entry = entries[tag.rawValue], [6, 8, 9].contains(entry.type), index >= 0,
      index < entry.count, index < Self.stringLimit
    else { return nil }
    var start = entry.start
    for _ in 0..<index {
      guard let end = bytes[start..<data.upperBound].firstIndex(of: 0) else { return nil }
      start = end + 1
    }
    guard let end = bytes[start..<data.upperBound].firstIndex(of: 0) else { return nil }
    return Array(bytes[start..<end])
  }

  /// The path of a file: its directory's name, which ends in a slash, and its own.
  func path(at index: Int) -> [UInt8]? {
    guard let name = text(.baseNames, at: index),
      let directory = number(.directoryIndexes, at: index).flatMap({ Int(exactly: $0) }),
      let folder = text(.directoryNames, at: directory)
    else { return nil }
    return folder + name
  }

  /// `1:1.2-3`: the epoch where there is one, version and release.
  var version: [UInt8]? {
    guard let version = text(.version) else { return nil }
    let epoch = number(.epoch).map { Array("\($0):".utf8) } ?? []
    return epoch + version + (text(.release).map { [0x2D] + $0 } ?? [])
  }
}
