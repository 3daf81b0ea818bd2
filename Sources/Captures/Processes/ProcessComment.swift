/// Processes in the comments that other programs write to their packets.
enum ProcessComment {
  /// The process that a packet's comments name; nil when they name none.
  static func process(in comments: [[UInt8]]) -> FrameProcess? {
    comments.lazy.compactMap(rustnet).first ?? ptcpdump(comments)
  }

  /// rustnet's: `rustnet process=curl pid=4242 ppid=4000 uid=0 direction=outgoing`, no value with a space in it. The
  /// direction is that of the connection: outgoing means that the process opened it.
  private static func rustnet(_ comment: [UInt8]) -> FrameProcess? {
    let words = comment.prefix(ProcessRegister.longestText).split(separator: UInt8(ascii: " "))
    guard words.first.map({ Array($0) == Array("rustnet".utf8) }) == true else { return nil }
    var values: [String: [UInt8]] = [:]
    for word in words.dropFirst() {
      guard let split = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = String(decoding: word[..<split], as: UTF8.self)
      if values[key] == nil { values[key] = Array(word[word.index(after: split)...]) }
    }
    guard let number = values["pid"].flatMap(number) else { return nil }
    var process = ProcessInformation(process: number)
    process.name = values["process"]
    process.parent = values["ppid"].flatMap(self.number)
    process.user = values["uid"].flatMap(self.number)
    let end: FrameProcess.End? =
      switch values["direction"].map({ String(decoding: $0, as: UTF8.self) }) {
      case "outgoing": .client
      case "incoming": .server
      default: nil
      }
    return FrameProcess(process, end: end)
  }

  /// ptcpdump's: a comment for each matter, the first of which is `PID: 4242`, `Cmd: /usr/bin/curl` and `Args: curl URL`
  /// in a line each. Arguments come last in theirs and may hold anything, line ends too: so no other key is looked for
  /// behind them, and users and threads are taken from comments of their own.
  private static func ptcpdump(_ comments: [[UInt8]]) -> FrameProcess? {
    var found: ProcessInformation?
    var thread: UInt32?
    for comment in comments {
      let lines = comment.prefix(2 * ProcessRegister.longestText)
        .split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
      if found == nil, let number = value("PID", lines, 0).flatMap(number) {
        var process = ProcessInformation(process: number)
        process.path = value("Cmd", lines, 1)
        process.commandLine = value("Args", lines, 2).map {
          // Where one argument ends is not told; a space is what was put there.
          Array($0.map { $0 == UInt8(ascii: " ") ? 0 : $0 })
        }
        found = process
      } else if found != nil, let number = value("UserId", lines, 0).flatMap(number) {
        found?.user = number
      } else if found != nil, let number = value("ParentPID", lines, 0).flatMap(number) {
        found?.parent = number
      } else if let number = value("ThreadId", lines, 0).flatMap(number) {
        thread = number
      }
    }
    return found.map { FrameProcess($0, thread: thread) }
  }

  /// What stands behind `key: ` in a line; nil when it is another line, or nothing stands there.
  private static func value(
    _ key: String, _ lines: [ArraySlice<UInt8>], _ index: Int
  ) -> [UInt8]? {
    guard lines.indices.contains(index) else { return nil }
    let mark = Array((key + ": ").utf8)
    guard lines[index].starts(with: mark), lines[index].count > mark.count else { return nil }
    return Array(lines[index].dropFirst(mark.count).prefix(ProcessRegister.longestText))
  }

  private static func number(_ digits: [UInt8]) -> UInt32? {
    guard digits.count <= 10, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self))
  }
}
