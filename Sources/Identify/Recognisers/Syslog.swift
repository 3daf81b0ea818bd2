import Flows
import Packets

extension Recogniser {
  /// Syslog: messages that begin with a priority in angle brackets, one direction only (RFC 3164, RFC 5424, RFC 6587).
  static let syslog = Recogniser(
    name: "syslog", title: "Syslog",
    specification: "RFC 3164 section 4; RFC 5424 section 6; RFC 6587",
    transports: [.udp, .tcp], basis: [.built, .corpus]
  ) { conversation in
    // A collector says nothing; who answers speaks something else.
    guard conversation.server.bytes.isEmpty, conversation.client.beginsAtStart else { return .no }
    var messages: [SyslogMessage] = []
    if conversation.transport == .udp {
      for datagram in conversation.datagrams(from: .client).prefix(8) {
        guard let message = SyslogMessage(datagram.bytes[...]) else { return .no }
        messages.append(message)
      }
    } else {
      guard let stream = SyslogMessage.stream(conversation.client.bytes) else { return .no }
      messages = stream
    }
    guard let first = messages.first else { return .undecided }
    // A priority and text alone is little on a stream, where anything may stand behind it.
    let isStrong =
      first.isDated || conversation.transport == .udp && first.length >= 12 || messages.count >= 2
    guard isStrong else { return .undecided }
    var facts: [Fact] = []
    if let host = first.host { facts.append(Fact(.from, host)) }
    if let program = first.program { facts.append(Fact(.message, program)) }
    facts.append(Fact(.status, "\(first.priority)"))
    facts.append(Fact(.version, first.isNew ? "RFC 5424" : "RFC 3164"))
    return .yes(
      Recognition(
        "syslog", .consistent,
        grounds: [Ground(.client, first.offset, first.head, "priority and header")],
        facts: facts))
  }.orFromFirstBytes
}

/// One message.
private struct SyslogMessage {
  /// Facility times eight plus severity.
  let priority: Int
  /// Whether it has the header of RFC 5424.
  var isNew = false
  /// Whether it has a time that is sound.
  var isDated = false
  var host: ArraySlice<UInt8>?
  var program: ArraySlice<UInt8>?
  /// Bytes of priority and header.
  var head: Int
  let offset: Int
  let length: Int

  init?(_ bytes: ArraySlice<UInt8>) {
    var text = bytes
    while text.last == 0 { text.removeLast() }
    guard text.first == 0x3c, let close = text.prefix(5).firstIndex(of: 0x3e) else { return nil }
    let digits = text[(text.startIndex + 1)..<close]
    guard let priority = digits.asDecimal, priority <= 191,
      digits.count == 1 || digits.first != 0x30
    else {
      return nil
    }
    let rest = text[(close + 1)...]
    guard rest.count >= 2,
      rest.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || [9, 10, 13, 0xef].contains($0) })
    else {
      return nil
    }
    self.priority = priority
    offset = bytes.startIndex
    length = bytes.count
    head = close + 1 - bytes.startIndex
    readNew(rest)
    if !isNew { readOld(rest) }
  }

  /// VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID (RFC 5424 section 6).
  private mutating func readNew(_ rest: ArraySlice<UInt8>) {
    let words = rest.split(separator: 0x20, maxSplits: 6, omittingEmptySubsequences: false)
    guard words.count >= 6, words[0].elementsEqual("1".utf8),
      Self.isTimestamp(words[1]) || words[1].elementsEqual("-".utf8)
    else { return }
    isNew = true
    isDated = true
    if !words[2].elementsEqual("-".utf8) { host = words[2] }
    if !words[3].elementsEqual("-".utf8) { program = words[3] }
    head = words[5].endIndex - offset
  }

  /// `Mmm dd hh:mm:ss HOSTNAME TAG` (RFC 3164 section 4.1); many send the time of RFC 5424 instead.
  private mutating func readOld(_ rest: ArraySlice<UInt8>) {
    let behind: ArraySlice<UInt8>
    if Self.isOldTimestamp(rest.prefix(16)) {
      behind = rest.dropFirst(16)
    } else if let blank = rest.firstIndex(of: 0x20), Self.isTimestamp(rest[..<blank]) {
      behind = rest[(blank + 1)...]
    } else {
      return
    }
    isDated = true
    head = behind.startIndex - offset
    let words = behind.words(most: 3)
    guard let first = words.first else { return }
    // A local program leaves the host out and begins with its tag.
    if first.last == 0x3a || first.contains(0x5b) {
      program = Self.tag(first)
    } else {
      host = first
      program = words.dropFirst().first.map(Self.tag)
    }
  }

  private static func tag(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    word.prefix { $0 != 0x3a && $0 != 0x5b }
  }

  private static func isOldTimestamp(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 16 else { return false }
    let text = Array(bytes)
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func digits(_ first: Int, _ second: Int) -> Bool {
      (0x30...0x39).contains(text[first]) && (0x30...0x39).contains(text[second])
    }
    return months.contains(text[0..<3].asText) && text[3] == 0x20
      && (text[4] == 0x20 || (0x30...0x33).contains(text[4])) && (0x30...0x39).contains(text[5])
      && text[6] == 0x20 && digits(7, 8) && text[9] == 0x3a && digits(10, 11) && text[12] == 0x3a
      && digits(13, 14) && (text[15] == 0x20 || text[15] == 0x3a)
  }

  /// A time of RFC 3339: `2003-10-11T22:14:15` and more.
  private static func isTimestamp(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (20...35).contains(bytes.count) else { return false }
    return zip(bytes, "0000-00-00T00:00:00".utf8).allSatisfy { byte, mark in
      mark == 0x30 ? (0x30...0x39).contains(byte) : byte == mark
    }
  }

  /// Messages of a stream: each behind its length, or each on a line (RFC 6587 section 3.4). Nil when it is none.
  static func stream(_ bytes: [UInt8]) -> [SyslogMessage]? {
    guard let first = bytes.first else { return [] }
    guard (0x31...0x39).contains(first) else { return lines(bytes) }
    var messages: [SyslogMessage] = []
    var position = 0
    while messages.count < 8, position < bytes.count {
      let digits = bytes.slice(at: position, 6).prefix { (0x30...0x39).contains($0) }
      let start = position + digits.count
      guard let length = digits.asDecimal, length >= 4, digits.count <= 5 else {
        return messages.isEmpty ? nil : messages
      }
      guard start < bytes.count else { return messages }
      guard bytes[start] == 0x20 else { return messages.isEmpty ? nil : messages }
      guard bytes.count - start - 1 >= length else {
        let begun = bytes.slice(at: start + 1, 1)
        return messages.isEmpty && begun.first.map { $0 != 0x3c } ?? false ? nil : messages
      }
      guard let message = SyslogMessage(bytes[(start + 1)..<(start + 1 + length)]) else {
        return nil
      }
      messages.append(message)
      position = start + 1 + length
    }
    return messages
  }

  private static func lines(_ bytes: [UInt8]) -> [SyslogMessage]? {
    guard bytes.first == 0x3c else { return nil }
    var messages: [SyslogMessage] = []
    var start = 0
    // A line feed or a NUL ends a message.
    while messages.count < 8, start < bytes.count {
      guard let end = bytes[start...].firstIndex(where: { $0 == 10 || $0 == 0 }) else {
        return messages.isEmpty && !bytes[start...].isText ? nil : messages
      }
      guard let message = SyslogMessage(bytes[start..<end]) else {
        return messages.isEmpty ? nil : messages
      }
      messages.append(message)
      start = end + 1
    }
    return messages
  }
}
