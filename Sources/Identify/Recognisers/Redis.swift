import Flows
import Packets

extension Recogniser {
  /// Redis and its kin: commands as arrays of bulk strings, answered by typed values; commands may also be plain lines.
  static let redis = Recogniser(
    name: "redis", title: "Redis", specification: "Redis serialization protocol (RESP2, RESP3)",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let asked = RedisRequests(conversation)
    let answer = RedisAnswer(conversation)
    if asked.isWrong || answer.isWrong {
      return answer.isOwnError ? .yes(recognition(.oneSided, asked, answer)) : .no
    }
    switch (asked.form, answer.isValue) {
    case (.array, true): return .yes(recognition(.answered, asked, answer))
    case (.array, false):
      guard asked.isKnown else { return .undecided }
      return .yes(recognition(asked.count > 1 ? .consistent : .oneSided, asked, answer))
    case (.line, true):
      // POP3 answers +OK too, but its server speaks first.
      guard conversation.firstSpeaker != .server, answer.isWhole else { return .no }
      guard asked.isOwn || answer.isOwnError else { return .undecided }
      return .yes(recognition(.answered, asked, answer))
    case (nil, true) where answer.isOwnError: return .yes(recognition(.oneSided, asked, answer))
    default: return .undecided
    }
  }.orFromFirstBytes

  private static func recognition(
    _ strength: Recognition.Strength, _ asked: RedisRequests, _ answer: RedisAnswer
  ) -> Recognition {
    var grounds: [Ground] = []
    if asked.form != nil, !asked.isWrong {
      grounds.append(Ground(.client, asked.offset, asked.length, "command"))
    }
    if answer.isValue {
      grounds.append(Ground(.server, answer.offset, answer.length, "reply"))
    }
    return Recognition("redis", strength, grounds: grounds, facts: asked.facts + answer.facts)
  }
}

/// What the client of a conversation says, held against Redis.
private struct RedisRequests {
  enum Form {
    case array
    case line
  }

  var form: Form?
  var isWrong = false
  var isKnown = false
  /// Whether no other protocol that answers alike has the command.
  var isOwn = true
  var count = 0
  var offset = 0
  var length = 0
  var facts: [Fact] = []

  init(_ conversation: Conversation) {
    let said = conversation.client
    guard !said.bytes.isEmpty else { return }
    if said.beginsAtStart, said.bytes.first != UInt8(ascii: "*") {
      noteLine(said.bytes)
      return
    }
    let isCut = conversation.turns.first { $0.side == .client }?.isWhole == false
    for start in conversation.messageStarts(of: .client) {
      noteArrays(said.bytes, from: start)
      if isCut, said.beginsAtStart, start == 0, count == 0, !isWrong { noteCutArray(said.bytes) }
      if said.beginsAtStart || form != nil { return }
      isWrong = false
    }
  }

  private mutating func noteArrays(_ bytes: [UInt8], from start: Int) {
    var position = start
    while count < 8, position < bytes.count {
      let (outcome, words) = RESP.command(bytes, &position)
      switch outcome {
      case .wrong:
        isWrong = true
        form = nil
        return
      case .cut: return
      case .whole:
        guard let name = words.first, (1...32).contains(name.count), name.isToken else {
          isWrong = true
          form = nil
          return
        }
        if count == 0 {
          offset = start
          length = position - start
        }
        count += 1
        form = .array
        isKnown = isKnown || RedisCommands.names.contains(name.asUppercaseText)
        note(words)
      }
    }
  }

  /// A command whose frame was cut within its name: what there is of it begins one of that length.
  private mutating func noteCutArray(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[0].last == 13, lines[1].last == 13,
      let words = lines[0].dropFirst().dropLast().asDecimal, (1...1_048_576).contains(words),
      lines[1].first == UInt8(ascii: "$"), let length = lines[1].dropFirst().dropLast().asDecimal,
      !lines[2].isEmpty, lines[2].count < length
    else { return }
    let start = lines[2].asUppercaseText
    guard RedisCommands.names.contains(where: { $0.utf8.count == length && $0.hasPrefix(start) })
    else { return }
    form = .array
    self.length = bytes.count
  }

  private mutating func noteLine(_ bytes: [UInt8]) {
    var lines = Lines(bytes, most: 1)
    guard let line = lines.next(), line.isText, let name = line.bytes.words(most: 2).first else {
      isWrong = true
      return
    }
    let upper = name.prefix(32).asUppercaseText
    // A request line of HTTP or RTSP has a command's form.
    if line.bytes.words().last?.startsIgnoringCase("HTTP/") == true { isWrong = true }
    guard !isWrong else { return }
    guard line.isWhole else {
      isWrong = !RedisCommands.names.contains { $0.utf8.starts(with: upper.utf8) }
      return
    }
    guard RedisCommands.names.contains(upper) else {
      isWrong = true
      return
    }
    form = .line
    isKnown = true
    isOwn = !["AUTH", "QUIT", "TYPE", "ECHO", "TIME", "MOVE", "COPY"].contains(upper)
    count = 1
    length = line.bytes.count
    note(line.bytes.words())
  }

  private mutating func note(_ words: [ArraySlice<UInt8>]) {
    guard let first = words.first else { return }
    let name = first.asUppercaseText
    func add(_ field: Field, _ value: ArraySlice<UInt8>) {
      if !facts.contains(where: { $0.field == field }) { facts.append(Fact(field, value)) }
    }
    add(.method, first)
    switch name {
    case "AUTH" where words.count == 3: add(.user, words[1])
    case "HELLO":
      if let place = words.firstIndex(where: { $0.asUppercaseText == "AUTH" }),
        place + 1 < words.count
      {
        add(.user, words[place + 1])
      }
    case "SELECT" where words.count == 2: add(.database, words[1])
    case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "PUBLISH", "XADD":
      if words.count > 1 { add(.topic, words[1]) }
    case "CLIENT" where words.count == 3 && words[1].asUppercaseText == "SETNAME":
      add(.clientID, words[2])
    default: break
    }
  }
}

/// What the server of a conversation says, held against Redis.
private struct RedisAnswer {
  var isWrong = false
  var isValue = false
  var isWhole = false
  /// An error that only Redis words so.
  var isOwnError = false
  var offset = 0
  var length = 0
  var facts: [Fact] = []

  init(_ conversation: Conversation) {
    let said = conversation.server
    guard !said.bytes.isEmpty else { return }
    for start in conversation.messageStarts(of: .server) {
      var position = start
      switch RESP.pass(said.bytes, &position) {
      case .wrong:
        isWrong = said.beginsAtStart
        continue
      case .cut:
        // A type and a length alone are too little to be an answer.
        isValue = said.bytes.count - start >= 16 && said.bytes[start...].contains(10)
      case .whole:
        isValue = true
        isWhole = true
      }
      offset = start
      length = max(1, position - start)
      note(said.bytes[start...])
      return
    }
  }

  private mutating func note(_ bytes: ArraySlice<UInt8>) {
    let start = bytes.prefix(2048)
    let marks = [
      "-ERR unknown command", "-ERR wrong number of arguments for", "-NOAUTH ", "-WRONGPASS ",
      "-DENIED Redis is running in protected mode", "-WRONGTYPE Operation against",
      "-MOVED ", "-LOADING Redis", "-READONLY You can't write", "-MISCONF Redis",
    ]
    isOwnError = isWhole && marks.contains { start.starts(with: $0.utf8) }
    if start.first == UInt8(ascii: "-"), let end = start.firstIndex(of: 13) {
      facts.append(Fact(.error, start[(start.startIndex + 1)..<end]))
    }
    let mark = Array("redis_version:".utf8)
    for line in Lines(Array(start), most: 8) where line.bytes.starts(with: mark) {
      facts.append(Fact(.version, line.bytes.dropFirst(mark.count)))
    }
  }
}
