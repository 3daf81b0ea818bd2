import Testing

/// What users read is held against the program.
@Suite struct ManualTests {
  static let commands = ["", "live", "analyze", "owner", "about", "protocols", "schema", "doctor"]

  /// Long and short options that a help text lists.
  private static func options(_ help: String) -> Set<String> {
    var found: Set<String> = []
    for line in help.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      guard text.hasPrefix("-") else { continue }
      let head = text.prefix { $0 != " " || true }.split(separator: "  ").first ?? ""
      for word in head.split(whereSeparator: { " ,/".contains($0) }) where word.hasPrefix("-") {
        found.insert(String(word.prefix { $0 != "=" && $0 != "<" }))
      }
    }
    return found.subtracting(["-"])
  }

  private static func plainManual() throws -> String {
    let text = try #require(Place.text(Place.root + "/man/icwscan.1"), "man/icwscan.1 is missing")
    return text.replacing("\\-", with: "-")
  }

  @Test(arguments: commands)
  func `Every option of a command's help stands in the manual`(_ command: String) throws {
    let help = try Command.run([Place.binary] + (command.isEmpty ? [] : [command]) + ["--help"])
    #expect(help.status == 0 && !help.output.isEmpty)
    let manual = try Self.plainManual()
    if !command.isEmpty { #expect(manual.contains(command)) }
    for option in Self.options(help.output) {
      let name = option.drop { $0 == "-" }
      #expect(
        manual.contains("Fl \(name)") || manual.contains("Fl -\(name)") || manual.contains(option),
        "\(option) of \(command) is not in man/icwscan.1")
    }
  }

  @Test func `Every option in the manual is one of some command`() throws {
    var known: Set<String> = []
    for command in Self.commands {
      let help = try Command.run([Place.binary] + (command.isEmpty ? [] : [command]) + ["--help"])
      known.formUnion(Self.options(help.output))
    }
    for line in try Self.plainManual().split(separator: "\n") where line.hasPrefix(".It Fl ") {
      let name = line.dropFirst(".It Fl ".count).split(separator: " ").first.map(String.init) ?? ""
      #expect(known.contains("-" + name), "\(line) is no option")
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
