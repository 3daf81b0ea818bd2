import Sockets

/// A process in words; its command line is its identity, the name that it gives itself only a claim.
enum ProcessWords {
  /// `python3 -m http.server 3699 (pid 4121, alice)`.
  static func of(_ process: ProcessIdentity, limit: Int? = nil) -> String {
    let about = process.hasEnded ? "ended since" : user(process)
    return "\(Escaped.cut(command(process), to: limit)) (pid \(process.pid), \(about))"
  }

  /// The command line, else the executable, else the claimed name in brackets, as `ps` shows it.
  static func command(_ process: ProcessIdentity) -> String {
    if process.arguments.contains(where: { !$0.isEmpty }) {
      return Escaped.command(process.arguments)
    }
    if let executable = process.executable { return Escaped.text(executable) }
    return "[" + Escaped.text(process.command) + "]"
  }

  /// The user's name, else the number.
  static func user(_ process: ProcessIdentity) -> String {
    process.userName.map { Escaped.text($0) } ?? "uid \(process.user)"
  }
}
