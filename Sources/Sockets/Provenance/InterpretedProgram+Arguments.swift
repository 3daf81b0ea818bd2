extension InterpretedProgram {
  /// How the arguments of an interpreter are read.
  private struct Grammar {
    /// Options whose next argument is their value.
    var valued: [String] = []
    /// Options behind which stands a module.
    var module: [String] = []
    /// Options behind which stands code.
    var inline: [String] = []
    /// Options behind which stands an archive.
    var archive: [String] = []
    /// Whether the first word that is no option is a class and no file.
    var namesClass = false
    /// Whether options of one letter can stand together, the value of the last in the same word (`sh -ec CODE`,
    /// `python3 -Imhttp.server`).
    var bundles = false
    /// Letters whose value is the rest of their word, even if that is nothing.
    var attached: [Character] = []
  }

  /// What a word of options says.
  private enum Options {
    /// What is run, or that nothing is told of it.
    case program(InterpretedProgram?)
    /// The next word is a value.
    case valueFollows
    /// Nothing but options.
    case none
  }

  /// The grammar of the interpreter in a file, which often has its version behind its name: `python3.11`, `lua5.4`.
  private static func grammar(of executable: [UInt8]) -> Grammar? {
    var name = executable.split(separator: UInt8(ascii: "/")).last ?? []
    while let last = name.last, isPartOfVersion(last) { name.removeLast() }
    switch String(decoding: name, as: UTF8.self) {
    case "python":
      return Grammar(valued: ["-W", "-X", "-Q"], module: ["-m"], inline: ["-c"], bundles: true)
    case "pypy":
      return Grammar(valued: ["-W", "-X"], module: ["-m"], inline: ["-c"], bundles: true)
    case "perl":
      return Grammar(
        valued: ["-I"], inline: ["-e", "-E"], bundles: true,
        attached: ["i", "F", "M", "m", "C", "D", "x", "V"])
    case "ruby":
      return Grammar(
        valued: ["-I", "-r", "-C", "-E"], inline: ["-e"], bundles: true,
        attached: ["i", "F", "K", "T", "W", "x"])
    case "node":
      return Grammar(
        valued: [
          "-r", "--require", "--import", "--loader", "--experimental-loader", "-C",
          "--conditions", "--env-file",
        ],
        inline: ["-e", "--eval", "-p", "--print", "-pe"])
    case "php": return Grammar(valued: ["-c", "-d", "-z", "-S", "-t"], inline: ["-r"])
    case "lua": return Grammar(valued: ["-l"], inline: ["-e"])
    case "java":
      return Grammar(
        valued: [
          "-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules",
          "--add-opens", "--add-exports", "--add-reads", "--patch-module", "--upgrade-module-path",
        ],
        module: ["-m", "--module"], archive: ["-jar"], namesClass: true)
    case "tclsh": return Grammar()
    case "Rscript": return Grammar(inline: ["-e"])
    case "dash", "bash", "ksh", "zsh", "sh":
      return Grammar(
        valued: ["-o", "+o", "-O", "+O", "--rcfile", "--init-file"], inline: ["-c"], bundles: true)
    default: return nil
    }
  }

  private static func isPartOfVersion(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// Whether a file's name is that of an interpreter.
  static func isInterpreter(_ executable: [UInt8]) -> Bool { grammar(of: executable) != nil }

  /// What the program at `executable` runs; nil when it is no interpreter that is known, or runs nothing.
  static func read(executable: [UInt8], arguments: [[UInt8]]) -> InterpretedProgram? {
    guard let grammar = grammar(of: executable) else { return nil }
    var index = 1
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      let text = String(decoding: argument, as: UTF8.self)
      let next = index < arguments.count ? arguments[index] : nil
      if text == "--" { return next.map { InterpretedProgram(form: .script, name: $0) } }
      guard text.hasPrefix("-") || text.hasPrefix("+"), text.utf8.count > 1 else {
        // A title that was written over the arguments leaves empty ones.
        return text == "-" || text.isEmpty
          ? nil : InterpretedProgram(form: grammar.namesClass ? .module : .script, name: argument)
      }
      let isBundle = grammar.bundles && text.hasPrefix("-") && !text.hasPrefix("--")
      let options =
        isBundle ? bundle(argument, next, grammar) : option(text, next, grammar)
      switch options {
      case .program(let program): return program
      case .valueFollows: index += 1
      case .none: break
      }
    }
    return nil
  }

  /// One option in a word of its own.
  private static func option(_ text: String, _ next: [UInt8]?, _ grammar: Grammar) -> Options {
    if grammar.module.contains(text) {
      return .program(next.map { InterpretedProgram(form: .module, name: $0) })
    }
    if grammar.archive.contains(text) {
      return .program(next.map { InterpretedProgram(form: .archive, name: $0) })
    }
    if grammar.inline.contains(text) {
      return .program(InterpretedProgram(form: .inline, name: []))
    }
    return grammar.valued.contains(text) ? .valueFollows : .none
  }

  /// Options of one letter, one behind the other.
  private static func bundle(_ word: [UInt8], _ next: [UInt8]?, _ grammar: Grammar) -> Options {
    for (index, byte) in word.enumerated().dropFirst() {
      let letter = Character(Unicode.Scalar(byte))
      let rest = Array(word[(index + 1)...])
      let value = rest.isEmpty ? next : rest
      switch option("-\(letter)", value, grammar) {
      case .program(let program): return .program(program)
      case .valueFollows: return rest.isEmpty ? .valueFollows : .none
      case .none: if grammar.attached.contains(letter) { return .none }
      }
    }
    return .none
  }
}
