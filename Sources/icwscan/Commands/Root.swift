import ArgumentParser
import Captures
import Report

/// The command: without a subcommand the whole diagnosis of this host.
@main struct Root: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "icwscan",
    abstract: "Says what is really on TCP/UDP port 3699.",
    discussion: """
      The port is registered as kpn-icw, a dial-up service that is gone. Port tables still print that name; icwscan \
      looks at the packets and at the processes instead and says what it is, on what grounds, and what it could not see.

        sudo icwscan                who holds the port, then what is said on it
        icwscan owner               who holds the port on this host
        icwscan analyze old.pcap    what was said on it, in capture files or folders

      Exit status: 0 something is on the port, 1 nothing is, 2 wrong usage, 3 not permitted, 4 partial, \
      5 --fail-on matched.
      """,
    version: Version.text,
    subcommands: [
      Live.self, Analyze.self, Merge.self, Owner.self, AboutPort.self, ListProtocols.self,
      Rules.self,
      PrintSchema.self,
      Doctor.self, Extcap.self,
    ],
    defaultSubcommand: Live.self)

  /// Parses, runs, and turns every ending into its exit status.
  static func main() {
    StandardStreams.occupy()
    Signals.ignorePipe()
    Signals.leaveCrashesToTheSystem()
    Terminal.note()
    guard OpenFiles.haveRoom() else {
      Diagnostics.say(
        "\(OpenFiles.needed) more files can't be opened, which are needed; raise the limit (ulimit -n)"
      )
      exit(withCode: .usage)
    }
    do {
      let words = CommandWords.prepare(CommandWords.typed)
      // The owner report, and a small capture, take less time than describing all other commands to the parsing library,
      // which is needed only to explain what is wrong with the words. Without options there is nothing to parse at all.
      if words == ["owner"] {
        var reporter = Reporter(OutputForm())
        try Owner.report(to: &reporter)
      } else if words.first == "owner", let owner = try? Owner.parse(Array(words.dropFirst())) {
        try owner.run()
      } else if words.first == "analyze", let analyze = try? Analyze.parse(Array(words.dropFirst()))
      {
        try analyze.run()
      } else {
        var command = try parseAsRoot(words)
        try command.run()
      }
    } catch {
      end(error)
    }
  }

  private static func end(_ error: any Error) -> Never {
    if let status = error as? ExitStatus { exit(withCode: status) }
    if let failure = error as? Output.Failure { exit(withCode: failure.status) }
    if let failure = error as? CaptureError {
      Diagnostics.say(Words.line(ErrorRecord(failure)))
      exit(withCode: .usage)
    }
    guard exitCode(for: error) != .success else { exit(withError: error) }
    Diagnostics.say(line(about: error))
    exit(withCode: .usage)
  }

  /// What is wrong with the command's words, on one line. The parsing library repeats them as they are, and some of them
  /// may be names of files that a stranger chose.
  static func line(about error: any Error) -> String {
    // The library lists values one below the other.
    let text = message(for: error).split(separator: "\n", omittingEmptySubsequences: true).map {
      line in
      line.hasPrefix("  - ") ? line.dropFirst(4) : line
    }.joined(separator: " ")
    return Escaped.visible(RawPath.bytes(text)) + hint(text)
  }

  /// What the words should have been, where that can be told; where an option is known that the typed command lacks; else
  /// where the usage stands.
  private static func hint(_ text: String) -> String {
    let names = configuration.subcommands.map { $0._commandName }
    let typed = CommandWords.prepare(CommandWords.typed).first.flatMap { word in
      names.contains(word) ? word : nil
    }
    let parts = text.split(separator: "'", maxSplits: 2)
    if let meant = CommandWords.meant(parts, text, by: typed) { return " (\(meant))" }
    var owners: [String] = []
    if parts.first == "Unknown option ", parts.count > 1 {
      for command in configuration.subcommands where options(of: command).contains(parts[1]) {
        owners.append(command._commandName)
      }
    }
    if let first = owners.first {
      return " (an option of \(owners.joined(separator: ", ")): icwscan \(first) --help)"
    }
    return " (icwscan \(typed.map { $0 + " " } ?? "")--help shows the usage)"
  }

  /// The names of a command's options: they begin a line of its help.
  private static func options(of command: any ParsableCommand.Type) -> [Substring] {
    helpMessage(for: command).split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap {
      line in
      line.split { " ,".contains($0) }.prefix { $0.hasPrefix("-") }
    }
  }
}
