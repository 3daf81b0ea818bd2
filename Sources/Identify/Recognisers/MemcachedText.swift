/// The first line of a memcached client.
struct MemcachedCommand {
  var name: String?
  var isWrong = false
  /// Whether it is a storage command whose data block has the length that it says.
  var isStored = false
  var length = 0
  var facts: [Fact] = []

  private static let names: Set<String> = [
    "get", "gets", "gat", "gats", "set", "add", "replace", "append", "prepend", "cas", "delete",
    "incr",
    "decr", "touch", "stats", "version", "verbosity", "flush_all", "mg", "ms", "md", "ma", "mn",
    "me", "quit",
    "lru_crawler", "slabs", "watch",
  ]

  init(_ bytes: [UInt8]) {
    var lines = Lines(bytes, most: 1)
    guard let line = lines.next() else { return }
    guard line.isText || !line.isWhole && line.bytes.dropLast().isText else {
      isWrong = true
      return
    }
    let words = line.bytes.words()
    guard line.isWhole else {
      let first = words.first ?? []
      isWrong =
        !Self.names.contains { $0.utf8.starts(with: first) || first.elementsEqual($0.utf8) }
        || line.bytes.count > 2048
      return
    }
    guard let first = words.first, Self.names.contains(first.asText), arguments(words) else {
      isWrong = true
      return
    }
    name = first.asText
    length = line.bytes.count
    facts.append(Fact(.method, first))
    if words.count > 1, !["stats", "verbosity", "flush_all"].contains(first.asText) {
      facts.append(Fact(.topic, words[1]))
    }
    if ["set", "add", "replace", "append", "prepend", "cas"].contains(first.asText),
      words.count >= 5,
      let size = words[4].asDecimal, let feed = bytes.firstIndex(of: 10)
    {
      let end = bytes.slice(at: feed + 1 + size, 2)
      if end.count == 2 {
        if end.elementsEqual([13, 10]) { isStored = true } else { isWrong = true }
      }
    }
  }

  /// Whether the words behind a command fit it.
  private func arguments(_ words: [ArraySlice<UInt8>]) -> Bool {
    guard words.dropFirst().allSatisfy({ $0.count <= 250 }) else { return false }
    switch words[0].asText {
    case "get", "gets": return words.count >= 2
    case "gat", "gats": return words.count >= 3 && words[1].asDecimal != nil
    case "set", "add", "replace", "append", "prepend":
      return (5...6).contains(words.count) && words[2].asDecimal != nil && words[4].asDecimal != nil
    case "cas": return (6...7).contains(words.count) && words[4].asDecimal != nil
    case "incr", "decr", "touch": return (3...4).contains(words.count)
    case "delete", "mg", "ms", "md", "ma", "me": return words.count >= 2
    case "version", "mn", "quit": return words.count == 1
    default: return true
    }
  }
}

/// The first line of a memcached server.
struct MemcachedAnswer {
  var word: String?
  var isWrong = false
  var length = 0
  var facts: [Fact] = []

  init(_ bytes: [UInt8]) {
    var lines = Lines(bytes, most: 1)
    guard let line = lines.next() else { return }
    let words = line.bytes.words(most: 3)
    guard let first = words.first, line.isText || !line.isWhole && line.bytes.dropLast().isText
    else {
      isWrong = true
      return
    }
    guard line.isWhole else {
      isWrong =
        !Self.words.contains { $0.utf8.starts(with: first) || first.elementsEqual($0.utf8) }
        && first.asDecimal == nil
      return
    }
    let text = first.asDecimal == nil ? first.asText : "number"
    guard text == "number" && words.count == 1 || Self.words.contains(text) else {
      isWrong = true
      return
    }
    word = text
    length = line.bytes.count
    for line in Lines(bytes, most: 16) {
      if line.bytes.starts(with: "STAT version ".utf8) {
        facts.append(Fact(.version, line.bytes.dropFirst(13)))
      }
      if line.bytes.starts(with: "VERSION ".utf8) {
        facts.append(Fact(.version, line.bytes.dropFirst(8)))
      }
    }
  }

  private static let words: Set<String> = [
    "VALUE", "END", "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND", "DELETED", "TOUCHED", "STAT",
    "VERSION",
    "OK", "ERROR", "CLIENT_ERROR", "SERVER_ERROR", "RESET", "HD", "VA", "EN", "NF", "NS", "EX",
    "MN", "ME",
  ]

  /// Whether a server of memcached says `word` to a command.
  static func answers(_ word: String, to command: String) -> Bool {
    if ["ERROR", "CLIENT_ERROR", "SERVER_ERROR"].contains(word) {
      return !["quit", "version"].contains(command) && word != "ERROR"
    }
    switch command {
    case "get", "gets", "gat", "gats": return ["VALUE", "END"].contains(word)
    case "set", "add", "replace", "append", "prepend", "cas":
      return ["STORED", "NOT_STORED", "EXISTS", "NOT_FOUND"].contains(word)
    case "delete": return ["DELETED", "NOT_FOUND"].contains(word)
    case "incr", "decr": return ["number", "NOT_FOUND"].contains(word)
    case "touch": return ["TOUCHED", "NOT_FOUND"].contains(word)
    case "stats": return ["STAT", "END", "RESET"].contains(word)
    case "version": return word == "VERSION"
    case "verbosity", "flush_all", "lru_crawler", "slabs", "watch": return word == "OK"
    case "mn": return word == "MN"
    default: return ["HD", "VA", "EN", "NF", "NS", "EX", "ME"].contains(word)
    }
  }
}
