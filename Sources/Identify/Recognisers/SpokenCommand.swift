/// A line of a client that speaks in commands: a word and what follows it.
struct SpokenCommand {
  /// The word in upper case.
  let name: String
  /// What follows it, without blanks around it.
  let argument: ArraySlice<UInt8>
  /// Where the line begins.
  let offset: Int
  /// Bytes of the line without its end.
  let length: Int

  /// The commands at the beginning of a client's bytes, up to the first line that is none. `isWrong` when not even one
  /// of `names` stands there or may come to.
  static func all(
    in bytes: [UInt8], of names: Set<String>, most: Int = 16
  ) -> (commands: [SpokenCommand], isWrong: Bool) {
    var commands: [SpokenCommand] = []
    for line in Lines(bytes, most: most) {
      let word = line.bytes.prefix { $0 != 0x20 }
      let name = word.prefix(24).asUppercaseText
      guard line.isText || !line.isWhole && line.bytes.dropLast().isText else {
        return (commands, commands.isEmpty)
      }
      guard line.isWhole else {
        let upper = line.bytes.last == 13 ? line.bytes.dropLast() : line.bytes
        let start = upper.prefix(24).asUppercaseText
        let isBeginning =
          names.contains(upper.prefix { $0 != 0x20 }.prefix(24).asUppercaseText)
          || names.contains { $0.hasPrefix(start) }
        return (commands, commands.isEmpty && !isBeginning)
      }
      guard names.contains(name) else { return (commands, commands.isEmpty) }
      commands.append(
        SpokenCommand(
          name: name, argument: line.bytes[word.endIndex...].withoutBlanks, offset: line.offset,
          length: line.bytes.count))
    }
    return (commands, false)
  }
}
