import ArgumentParser
import Identify
import Report

/// `icwscan rules`.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Rules that name applications of your own by their first bytes.",
    discussion: """
      A rule file has lines; # begins a comment. Every condition of an application has to hold:

        application till
          transport tcp
          over http
          client at 0 hex 54 49 00 07 mask ff ff 00 ff
          client length 8..64
          server in 64 text "READY\\r\\n"

      A rule is asked where no protocol is recognised; with over, where that one is.
      """, subcommands: [Check.self, Show.self])

  /// `icwscan rules check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what is wrong with a rule file, line by line.")

    @Argument(help: ArgumentHelp("The rule file.", valueName: "file"), completion: .file())
    var file: String

    func run() throws {
      let bytes: [UInt8]
      switch WholeFile.read(file, most: RuleLimits.fileBytes + 1) {
      case .success(let found): bytes = found
      case .failure(let failure):
        throw ValidationError("can't read \(Escaped.path(file)): \(failure.text)")
      }
      let rules = RuleFile(bytes)
      var output = Output(flushesEachLine: false)
      for fault in rules.faults {
        try output.line("\(Escaped.path(file)):\(fault.line): \(Words.of(fault))")
      }
      if rules.faults.isEmpty {
        let count = rules.rules.count
        try output.line(
          "\(Escaped.path(file)): \(count) \(count == 1 ? "rule" : "rules"), no fault")
      }
      try output.flush()
      if !rules.faults.isEmpty { throw ExitStatus.usage }
    }
  }

  /// `icwscan rules show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The built-in rules for known users of port 3699, as a rule file.")

    func run() throws {
      var output = Output(flushesEachLine: false)
      for line in KnownUsers.text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast()
      {
        try output.line(String(line))
      }
      try output.flush()
    }
  }
}
