import Testing

/// What users read is held against the program.
@Suite struct ManualTests {
  static let commands = [
    "", "live", "analyze", "owner", "about", "protocols", "rules", "schema", "doctor",
  ]

  /// Long and short options that a help text lists: its lines are indented by two.
  private static func options(_ help: String) -> Set<String> {
    var found: Set<String> = []
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      let head = line.dropFirst(2).split(separator: "  ").first ?? ""
      for word in head.split(whereSeparator: { " ,/".contains($0) }) where word.hasPrefix("-") {
        found.insert(String(word))
      }
    }
    return found
  }

  private static let hasMandoc = Place.has("mandoc")

  /// The manual as a reader sees it, without overstrikes.
  private static func manual() throws -> String {
    let outcome = try Command.shell("mandoc -T ascii -O width=200 man/icwscan.1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    var text: [Character] = []
    for character in outcome.output {
      if character == "\u{8}" { _ = text.popLast() } else { text.append(character) }
    }
    return String(text)
  }

  /// Words that begin with a hyphen, without the punctuation around them.
  private static func words(_ text: Substring) -> Set<String> {
    let separators: Set<Character> = [
      " ", ",", "|", "(", ")", "[", "]", ".", ";", ":", "=", "\n",
    ]
    let words = text.split { separators.contains($0) }.map(String.init)
    return Set(words.filter { $0.hasPrefix("-") && $0.count > 1 })
  }

  @Test(.enabled(if: hasMandoc, "mandoc is not installed"), arguments: commands)
  func `Every option of a command's help stands in the manual`(_ command: String) throws {
    let help = try Command.run([Place.binary] + (command.isEmpty ? [] : [command]) + ["--help"])
    #expect(help.status == 0 && !help.output.isEmpty)
    let manual = try Self.manual()
    #expect(manual.contains(command.isEmpty ? "icwscan" : command))
    let missing = Self.options(help.output).subtracting(Self.words(manual[...])).sorted()
    #expect(missing.isEmpty, "not in man/icwscan.1: \(missing)")
  }

  @Test(.enabled(if: hasMandoc, "mandoc is not installed"))
  func `Every option in the manual is one of some command`() throws {
    var known: Set<String> = []
    for command in Self.commands {
      let help = try Command.run([Place.binary] + (command.isEmpty ? [] : [command]) + ["--help"])
      known.formUnion(Self.options(help.output))
    }
    // The tags of the option lists stand at the indentation of five.
    for line in try Self.manual().split(separator: "\n")
    where line.hasPrefix("     -") && !line.hasPrefix("      ") {
      let tag = line.dropFirst(5).split(separator: "  ").first ?? ""
      let unknown = Self.words(tag).subtracting(known)
      #expect(unknown.isEmpty, "\(tag): no such option")
    }
  }

  @Test func `--version says which version this is`() throws {
    let outcome = try Command.icwscan("--version")
    #expect(outcome.status == 0 && outcome.lines.count == 1)
    #expect(outcome.output.contains { $0.isNumber })
  }

  @Test func `about, protocols, schema and doctor print and end with 0`() throws {
    for command in ["about", "protocols", "schema", "doctor"] {
      let outcome = try Command.icwscan(command)
      #expect(
        outcome.status == 0 && !outcome.output.isEmpty && outcome.errors.isEmpty,
        "\(command): \(outcome.errors)")
    }
    #expect(try Command.icwscan("about").output.contains("kpn-icw"))
    _ = try JSONText(Command.icwscan("schema").output)
    let doctor = try Command.icwscan("doctor").output
    for name in ["CAP_NET_RAW", "CAP_SYS_PTRACE", "sock_diag", "Landlock", "seccomp", "libpcap"] {
      #expect(doctor.lowercased().contains(name.lowercased()), "doctor does not tell of \(name)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Completion scripts are made`(_ shell: String) throws {
    let outcome = try Command.icwscan("--generate-completion-script", shell)
    #expect(outcome.status == 0 && outcome.output.contains("analyze"))
  }
}
