import Flows
import Packets

extension Recogniser {
  /// FastCGI: records of eight bytes of header; a request begins with BEGIN_REQUEST, its answer repeats its number.
  static let fastcgi = Recogniser(
    name: "fastcgi", title: "FastCGI", specification: "FastCGI Specification 1.0 sections 3 to 5",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else {
      return underway(conversation)
    }
    guard let asked = FastCGIRecord.all(conversation.client.bytes),
      let answered = FastCGIRecord.all(conversation.server.bytes)
    else { return .no }
    if let first = asked.first, ![1, 9].contains(first.type) { return .no }
    if let first = answered.first, ![3, 6, 7, 10, 11].contains(first.type) { return .no }
    guard let request = asked.first else { return .undecided }
    let parameters = asked.first { $0.type == 4 && $0.length > 0 }
    let pairs = parameters.map { FastCGIRecord.pairs($0.content) } ?? []
    let isEchoed = answered.contains { $0.request == request.request }
    if let first = answered.first, first.request != 0,
      !asked.contains(where: { $0.request == first.request })
    {
      return .no
    }
    guard isEchoed || !pairs.isEmpty else { return .undecided }
    var facts: [Fact] = []
    for (field, name) in [
      (Field.method, "REQUEST_METHOD"), (.path, "REQUEST_URI"), (.host, "HTTP_HOST"),
      (.userAgent, "HTTP_USER_AGENT"),
      (.topic, "SCRIPT_FILENAME"), (.server, "SERVER_SOFTWARE"),
    ] {
      if let pair = pairs.first(where: { $0.name.elementsEqual(name.utf8) }) {
        facts.append(Fact(field, pair.value))
      }
    }
    var grounds = [Ground(.client, 0, 8 + request.length, "first record")]
    if isEchoed { grounds.append(Ground(.server, 0, 8, "record header")) }
    return .yes(
      Recognition(
        "fastcgi", isEchoed ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// A request whose beginning was missed: the application's records up to END_REQUEST, which says how it ended
  /// (section 5.5), and the server's of the same number.
  private static func underway(_ conversation: Conversation) -> Opinion {
    guard let asked = FastCGIRecord.all(conversation.client.bytes),
      let answered = FastCGIRecord.all(conversation.server.bytes), let first = answered.first
    else { return .no }
    let end = answered.first { $0.type == 3 && $0.content.count == 8 }
    guard let end, answered.allSatisfy({ [3, 6, 7].contains($0.type) }), answered.count >= 2,
      (asked + answered).allSatisfy({ $0.request == first.request }),
      asked.allSatisfy({ [2, 4, 5, 8].contains($0.type) }),
      end.content.dropFirst(4).first ?? 4 <= 3, end.content.suffix(3).allSatisfy({ $0 == 0 })
    else { return .undecided }
    return .yes(
      Recognition(
        "fastcgi", asked.isEmpty ? .consistent : .answered,
        grounds: [Ground(.server, 0, 8, "records of one request up to its end")]))
  }
}

/// A record of FastCGI.
private struct FastCGIRecord {
  let type: Int
  let request: Int
  let length: Int
  let content: ArraySlice<UInt8>

  /// The records of a side, the last one perhaps cut; nil when the bytes are none.
  static func all(_ bytes: [UInt8]) -> [FastCGIRecord]? {
    var records: [FastCGIRecord] = []
    var position = 0
    while records.count < 16, position < bytes.count {
      guard bytes[position] == 1 else { return nil }
      guard let type = bytes.bigEndian(at: position + 1, 1) else { break }
      guard (1...11).contains(type) else { return nil }
      guard let request = bytes.bigEndian(at: position + 2, 2),
        let length = bytes.bigEndian(at: position + 4, 2),
        let padding = bytes.bigEndian(at: position + 6, 1), bytes.count - position >= 8
      else { break }
      // Management records have number 0, the others have not (section 3.3).
      guard (type >= 9) == (request == 0) else { return nil }
      let content = bytes.slice(at: position + 8, length)
      if type == 1 {
        // Roles 1 to 3, one flag, five bytes reserved (section 5.1).
        guard length == 8 else { return nil }
        let body = Array(content)
        guard body.count == 8 else { break }
        guard body[0] == 0, (1...3).contains(body[1]), body[2] <= 1,
          body[3...].allSatisfy({ $0 == 0 })
        else {
          return nil
        }
      }
      records.append(FastCGIRecord(type: type, request: request, length: length, content: content))
      position += 8 + length + padding
    }
    return records
  }

  /// Names and values (section 3.4), as many as are whole.
  static func pairs(_ content: ArraySlice<UInt8>) -> [(
    name: ArraySlice<UInt8>, value: ArraySlice<UInt8>
  )] {
    var pairs: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    var rest = content
    while pairs.count < 64, let name = length(&rest), let value = length(&rest),
      rest.count >= name + value
    {
      let key = rest.prefix(name)
      guard name > 0, key.isPrintableASCII else { return [] }
      pairs.append((key, rest.dropFirst(name).prefix(value)))
      rest = rest.dropFirst(name + value)
    }
    return pairs
  }

  private static func length(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let first = rest.popFirst() else { return nil }
    guard first & 0x80 != 0 else { return Int(first) }
    guard rest.count >= 3 else { return nil }
    let length = rest.prefix(3).reduce(Int(first & 0x7f)) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(3)
    return length
  }
}
