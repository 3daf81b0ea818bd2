import Sockets

/// Where a process comes from, in words.
enum ProvenanceWords {
  /// Who or what started it.
  static func of(_ origin: ProcessOrigin) -> String {
    switch origin {
    case .ssh(let client):
      "an SSH session" + (client.map { ", by its environment from \(Escaped.text($0))" } ?? "")
    case .terminal(let name): "a terminal, \(Escaped.text(name))"
    case .cron(let name): "\(Escaped.text(name)), a scheduled job"
    case .at: "atd, a job queued with at"
    case .timer(let unit, let timer):
      "\(Escaped.text(unit)), which has the timer \(Escaped.text(timer))"
    case .unit(let unit): "the unit \(Escaped.text(unit))"
    case .container: "a container"
    }
  }

  /// What an interpreter runs.
  static func of(_ program: InterpretedProgram) -> String {
    form(of: program)
      + (program.interpreter.map { " (its file holds the interpreter \($0.rawValue))" } ?? "")
  }

  private static func form(of program: InterpretedProgram) -> String {
    switch program.form {
    case .script: "script \(Escaped.text(program.name))"
    case .module: "module \(Escaped.text(program.name))"
    case .archive: "archive \(Escaped.text(program.name))"
    case .inline: "code on the command line"
    }
  }

  /// The package of the program's file; nil when nobody looked.
  static func of(_ answer: PackageAnswer) -> String? {
    switch answer {
    case .notLookedFor: nil
    case .package(let manager, let name, let version):
      Escaped.text(name) + (version.map { " " + Escaped.text($0) } ?? "") + " (\(manager.rawValue))"
    case .unowned(let manager): "none: \(manager.rawValue) lists no such file"
    case .notRead(let manager): "not read: \(manager.rawValue)'s database can't be read here"
    case .noDatabase: "no package database found"
    }
  }

  /// What became of the program's file, in parentheses; nothing when it is as it was.
  static func note(_ process: ProcessIdentity, _ provenance: Provenance?) -> String {
    switch provenance?.executableState {
    case .deleted: " (deleted since the start)"
    case .replaced: " (replaced since the start: another file is there now)"
    case .current: ""
    case .unknown, nil: process.isExecutableDeleted ? " (deleted or replaced)" : ""
    }
  }

  /// Characters of what a shell was told that are shown.
  private static let longestCommand = 120

  /// `bash (pid 4000) < sshd (pid 3999) < systemd (pid 1)`; of a shell right above also what it was told to do.
  static func chain(_ ancestors: [ProcessIdentity]) -> String {
    ancestors.enumerated().map { index, process in
      // What a shell was told to do by its command line may be why the process is there.
      let isTold =
        index == 0 && ProcessWords.isShell(process)
        && process.arguments.dropFirst().contains {
          $0.first == 0x2D && $0.last == 0x63 && !$0.starts(with: [0x2D, 0x2D])
        }
      let name =
        isTold
        ? ProcessWords.command(process, limit: longestCommand) : Escaped.text(process.command)
      return "\(name) (pid \(process.pid))"
    }.joined(separator: " < ")
  }
}
