import Flows
import Packets

/// The records of one DTLS datagram (RFC 6347 section 4.1, RFC 9147 section 4).
struct DTLSDatagram {
  /// One record in the clear form of its header.
  struct Record {
    let content: UInt8
    let version: TLSVersion
    let epoch: UInt16
    let sequence: UInt64
    let fragment: ArraySlice<UInt8>
    let isWhole: Bool
  }

  /// One handshake message, or a fragment of it.
  struct Message {
    let type: UInt8
    let length: Int
    let sequence: UInt16
    let offset: Int
    let fragment: [UInt8]

    /// Whether the whole message is here.
    var isWhole: Bool { fragment.count == length }
  }

  /// Its records, first to last.
  let records: [Record]
  /// Handshake messages in clear.
  let messages: [Message]

  /// Reads a datagram that must consist of records and nothing else; nil when it doesn't.
  init?(_ datagram: Datagram) {
    let bytes = datagram.bytes
    var reader = Reader(bytes.span)
    var records: [Record] = []
    var messages: [Message] = []
    var position = 0
    while position < datagram.length, reader.seek(to: position), reader.remaining > 0,
      records.count < 16
    {
      // DTLS 1.3 encrypts behind a header that shows little (RFC 9147 section 4.1): it ends what
      // can be read.
      if !records.isEmpty, let first = reader.peek(), first & 0xe0 == 0x20 { break }
      guard let content = reader.uint8(), 20...26 ~= content, let version = reader.uint16() else {
        return nil
      }
      let number = TLSVersion(rawValue: version)
      guard number.isDatagram, let epoch = reader.uint16(), let high = reader.uint16(), high == 0,
        let low = reader.uint32(), let length = reader.uint16(),
        (1...TLSRecords.longest).contains(Int(length)),
        position + 13 + Int(length) <= datagram.length
      else { return nil }
      let fragment = bytes[(position + 13)...].prefix(Int(length))
      let record = Record(
        content: content, version: number, epoch: epoch, sequence: UInt64(low), fragment: fragment,
        isWhole: fragment.count == Int(length))
      if content == 22, epoch == 0 {
        guard let read = Self.messages(in: record) else { return nil }
        messages += read
      }
      if content == 21, epoch == 0, record.isWhole, TLSAlert(fragment) == nil { return nil }
      if content == 20, length != 1, length != 3 { return nil }
      records.append(record)
      position += 13 + Int(length)
    }
    guard !records.isEmpty else { return nil }
    self.records = records
    self.messages = messages
  }

  /// The handshake messages of a record in clear; nil when lengths contradict.
  private static func messages(in record: Record) -> [Message]? {
    let bytes = Array(record.fragment)
    var reader = Reader(bytes.span)
    var messages: [Message] = []
    while reader.remaining >= 12, messages.count < 16 {
      guard let type = reader.uint8(), let length = reader.uint24(), let sequence = reader.uint16(),
        let offset = reader.uint24(), let count = reader.uint24(), types.contains(type),
        offset &+ count <= length, length <= 65_536
      else { return nil }
      let isCut = Int(count) > reader.remaining
      guard !isCut || !record.isWhole, let fragment = reader.copy(min(Int(count), reader.remaining))
      else {
        return nil
      }
      messages.append(
        Message(
          type: type, length: Int(length), sequence: sequence, offset: Int(offset),
          fragment: fragment))
    }
    return reader.remaining == 0 || !record.isWhole ? messages : nil
  }

  private static let types: Set<UInt8> = [0, 1, 2, 3, 4, 8, 11, 12, 13, 14, 15, 16, 20, 22, 23, 24]

  /// Its first message of this type.
  func message(_ type: UInt8) -> Message? { messages.first { $0.type == type } }
}
