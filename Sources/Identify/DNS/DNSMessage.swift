import Packets

/// A message of DNS (RFC 1035 section 4.1) and of the protocols that took over its format: mDNS,
/// LLMNR, NetBIOS name service.
struct DNSMessage {
  /// One question.
  struct Question: Hashable {
    let name: DNSName
    let type: UInt16
    let group: UInt16
  }

  /// One resource record.
  struct Record {
    let name: DNSName
    let type: UInt16
    let group: UInt16
    let data: [UInt8]
  }

  /// Questions and records that are read.
  static let most = 64

  let identifier: UInt16
  let flags: UInt16
  private(set) var questions: [Question] = []
  private(set) var records: [Record] = []
  /// Questions, answers, authorities and additional records as the header counts them.
  let counts: [Int]
  /// The first bytes of the first question's name where the message is cut within it.
  private(set) var cutName: ArraySlice<UInt8> = []
  /// Whether everything that the header counts was there.
  private(set) var isWhole = false

  /// Whether it answers.
  var isResponse: Bool { flags & 0x8000 != 0 }
  /// Kind of query: 0 standard, 4 notify, 5 update; NetBIOS: 5 registration, 6 release, 7 wait, 8
  /// and 9 refresh.
  var operation: UInt16 { flags >> 11 & 15 }
  /// Response code.
  var code: UInt16 { flags & 15 }

  /// Reads a message that must fill `length` bytes, of which `bytes` may be the first; nil when it
  /// contradicts itself.
  init?(_ bytes: [UInt8], length: Int) {
    var reader = Reader(bytes.span)
    guard let header = DNSHeader(&reader), header.fits(length) else { return nil }
    identifier = header.identifier
    flags = header.flags
    let counts = header.counts
    self.counts = counts
    let records = header.records
    let isCut = bytes.count < length
    for _ in 0..<min(counts[0], Self.most) {
      guard let name = DNSName(&reader), let type = reader.uint16(), let group = reader.uint16()
      else {
        if isCut, questions.isEmpty { cutName = bytes.dropFirst(12) }
        if isCut, !questions.isEmpty || reader.remaining < 260 { return }
        return nil
      }
      guard Self.isType(type), Self.isGroup(group) else { return nil }
      questions.append(Question(name: name, type: type, group: group))
    }
    for _ in 0..<min(records, Self.most) {
      guard let name = DNSName(&reader), let type = reader.uint16(), let group = reader.uint16(),
        reader.uint32() != nil, let data = reader.vector16()
      else {
        if isCut { return }
        return nil
      }
      // The class of OPT is a size of payload (RFC 6891 section 6.1.2).
      guard Self.isType(type), type == 41 || Self.isGroup(group) else { return nil }
      if type == 1, group & 0x7fff == 1, !data.isEmpty, data.count != 4 { return nil }
      if type == 28, !data.isEmpty, data.count != 16 { return nil }
      self.records.append(Record(name: name, type: type, group: group, data: data))
    }
    let isCounted = counts[0] <= Self.most && records <= Self.most
    guard !isCounted || isCut || reader.remaining == 0 else { return nil }
    isWhole = !isCut
  }

  /// Assigned types and those for private use, which tunnels take (IANA's registry "Resource Record (RR) TYPEs").
  private static func isType(_ type: UInt16) -> Bool {
    (1...65).contains(type) || (99...109).contains(type) || (128...128).contains(type)
      || (249...262).contains(type) || type == 32_768 || type == 32_769
      || (0xff00...0xfffe).contains(type)
  }

  /// Internet, CHAOS, HESIOD, NONE, ANY; mDNS uses the top bit (RFC 6762 sections 5.4 and 10.2).
  private static func isGroup(_ group: UInt16) -> Bool {
    [1, 3, 4, 254, 255].contains(group & 0x7fff)
  }
}
