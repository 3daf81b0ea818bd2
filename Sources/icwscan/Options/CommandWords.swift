import Captures
import Glibc

/// The command line's words before the parsing library sees them.
enum CommandWords {
  /// Subcommands, so that a bare `-r FILE` is told from `analyze -r FILE`.
  private static let subcommands = [
    "live", "analyze", "merge", "owner", "about", "protocols", "rules", "schema", "doctor",
    "extcap",
    "help",
  ]

  /// The words after the command's own name, every byte kept: a file's name need not be UTF-8.
  static var typed: [String] {
    // Not even the command's own name: without /proc the runtime has no words, and guessing them would start a capture.
    if CommandLine.argc == 0 {
      Diagnostics.say("the command line can't be read; mount /proc")
      exit(ExitStatus.usage.rawValue)
    }
    return (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return nil }
      return unsafe RawPath.text(Array(UnsafeRawBufferPointer(start: word, count: strlen(word))))
    }
  }

  /// The subcommand that a word is, or may have been meant to be: two letters wrong at most; nil when it resembles none.
  static func nearest(_ word: String) -> String? {
    let letters = Array(word.utf8.prefix(16))
    return subcommands.map { (name: $0, distance: distance(letters, Array($0.utf8))) }
      .filter { $0.distance <= 2 && $0.distance < $0.name.utf8.count / 2 }
      .min { $0.distance < $1.distance }?.name
  }

  /// What words that the parsing library refused were meant to be; nil where that can't be told.
  ///
  /// - Parameters:
  ///   - parts: The library's message, taken apart at its quotation marks.
  ///   - text: The whole of it.
  ///   - command: The command that was typed.
  static func meant(_ parts: [Substring], _ text: String, by command: String?) -> String? {
    guard let first = parts.first, parts.count > 1 else { return nil }
    if let command, ["owner", "live", "doctor"].contains(command) {
      let again = "icwscan \(command) --port"
      if first == "Unexpected argument ", let port = UInt16(parts[1]), port > 0 {
        return port == PortOption.standard
          ? "that port is looked at anyway: icwscan \(command)"
          : "another port: \(again) \(port)"
      }
      if first == "Unknown option ", parts[1] == "-p" { return "a port: \(again) NUMBER" }
    }
    guard first == "The value " else { return nil }
    if text.contains("<seconds>") { return "seconds are a number alone, such as 60" }
    if text.contains("<address|prefix>") {
      return "a whole address, or a prefix such as 10.31.4.0/24 or 2001:db8::/32; no name"
    }
    return nil
  }

  /// How many letters have to be changed, added or taken away to make one word of another (Levenshtein).
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (place, letter) in one.enumerated() {
      var corner = row[0]
      row[0] = place + 1
      for column in other.indices {
        let change = corner + (letter == other[column] ? 0 : 1)
        corner = row[column + 1]
        row[column + 1] = min(change, corner + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }

  /// Takes tcpdump's bundles apart; without a subcommand, `-r` means `analyze`.
  static func prepare(_ words: [String]) -> [String] {
    // The completion scripts ask with the words as they were typed; Wireshark asks as every extcap is asked.
    if words.first == "---completion" { return words }
    if words.contains(where: { $0.hasPrefix("--extcap-") }), words.first != "extcap" {
      return ["extcap"] + words
    }
    // Who asks for help before naming the command asks about that command.
    if words.count == 2, ["-h", "--help"].contains(words[0]), subcommands.contains(words[1]) {
      return [words[1], "--help"]
    }
    if words.count == 2, words[0] == "help", let command = nearest(words[1]) {
      return ["help", command]
    }
    let expanded = Letters.expand(words)
    if let first = expanded.first, subcommands.contains(first) { return expanded }
    return expanded.prefix(while: { $0 != "--" }).contains("-r") ? ["analyze"] + expanded : expanded
  }
}
