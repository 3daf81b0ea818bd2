import Flows
import Packets

extension Recogniser {
  /// STOMP: frames of a command, headers and a body that ends in NUL; CONNECT is answered by CONNECTED (STOMP 1.2).
  static let stomp = Recogniser(
    name: "stomp", title: "Simple Text Oriented Messaging Protocol",
    specification: "STOMP 1.0, 1.1 and 1.2",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else {
      return underway(conversation)
    }
    let asked = STOMPFrame(conversation.client.bytes, commands: ["CONNECT", "STOMP"])
    let answered = STOMPFrame(conversation.server.bytes, commands: ["CONNECTED", "ERROR"])
    if asked.isWrong || answered.isWrong { return .no }
    guard asked.command != nil else { return .undecided }
    let isAnswered = answered.command != nil
    let isOpening =
      asked.isWhole
      && ["accept-version", "login", "host", "heart-beat"].contains { asked[$0] != nil }
    guard isAnswered || isOpening else { return .undecided }
    var facts: [Fact] = []
    if let user = asked["login"] { facts.append(Fact(.user, user)) }
    if let host = asked["host"] { facts.append(Fact(.host, host)) }
    if let version = answered["version"] ?? asked["accept-version"] {
      facts.append(Fact(.version, version))
    }
    if let server = answered["server"] { facts.append(Fact(.server, server)) }
    if let session = answered["session"] { facts.append(Fact(.session, session)) }
    if let error = answered["message"] { facts.append(Fact(.error, error)) }
    var grounds = [Ground(.client, 0, asked.length, "CONNECT frame")]
    if isAnswered {
      grounds.append(Ground(.server, 0, answered.length, "\(answered.command ?? "") frame"))
    }
    return .yes(
      Recognition("stomp", isAnswered ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// A connection whose opening was missed: frames with the headers that they must have (STOMP 1.2, "Client frames",
  /// "Server frames").
  private static func underway(_ conversation: Conversation) -> Opinion {
    let required: [Side: [(command: String, headers: [String])]] = [
      .client: [
        ("SEND", ["destination"]), ("SUBSCRIBE", ["destination"]), ("ACK", ["message-id"]),
        ("UNSUBSCRIBE", ["id"]), ("BEGIN", ["transaction"]), ("COMMIT", ["transaction"]),
      ],
      .server: [
        ("MESSAGE", ["destination", "message-id"]), ("RECEIPT", ["receipt-id"]),
        ("ERROR", ["message"]),
      ],
    ]
    var grounds: [Ground] = []
    for side in Side.allCases {
      let kinds = required[side] ?? []
      for start in conversation.messageStarts(of: side, most: 16) {
        let bytes = conversation[side].bytes[start...].drop { $0 == 0 || $0 == 10 || $0 == 13 }
        let frame = STOMPFrame(Array(bytes), commands: kinds.map(\.command))
        guard !frame.isWrong, frame.isWhole,
          let kind = kinds.first(where: { $0.command == frame.command }),
          kind.headers.allSatisfy({ frame[$0] != nil })
        else { continue }
        grounds.append(Ground(side, bytes.startIndex, frame.length, "\(kind.command) frame"))
        break
      }
    }
    guard let first = grounds.first else { return .undecided }
    return .yes(
      Recognition(
        "stomp", grounds.count == 2 ? .answered : .oneSided, grounds: grounds,
        clientIs: first.side == .client || grounds.count == 1 ? .client : nil))
  }
}

/// The first frame of a side.
private struct STOMPFrame {
  var command: String?
  var headers: [(name: String, value: ArraySlice<UInt8>)] = []
  var isWhole = false
  var isWrong = false
  var length = 0

  subscript(name: String) -> ArraySlice<UInt8>? { headers.first { $0.name == name }?.value }

  init(_ bytes: [UInt8], commands: [String]) {
    for line in Lines(bytes, most: 64) {
      guard let _ = command else {
        guard line.isWhole else {
          let start = line.bytes.last == 13 ? line.bytes.dropLast() : line.bytes
          isWrong = !commands.contains { $0.utf8.starts(with: start) }
          return
        }
        command = commands.first { $0.utf8.elementsEqual(line.bytes) }
        isWrong = command == nil
        if isWrong { return }
        length = line.bytes.count
        continue
      }
      if line.isWhole, line.bytes.isEmpty {
        let end = bytes[line.offset...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
        isWhole = bytes[end...].prefix(4096).contains(0)
        return
      }
      guard line.isWhole else { return }
      guard let colon = line.bytes.firstIndex(of: 0x3a), line.isText, colon > line.bytes.startIndex
      else {
        isWrong = true
        return
      }
      headers.append((line.bytes[..<colon].asLowercaseText, line.bytes[(colon + 1)...]))
    }
  }
}
