import Sockets

/// A process in words; its command line is its identity, the name that it gives itself only a claim.
enum ProcessWords {
  /// `python3 -m http.server 3699 (pid 4121, alice)`.
  static func of(_ process: ProcessIdentity, limit: Int? = nil) -> String {
    var about = ["pid \(process.pid)"]
    if process.mayBeChild { about.append("or a child of it") }
    if process.hasEnded { about.append("ended since") }
    if process.knowsUser { about.append(user(process)) }
    if process.isExecutableDeleted { about.append("program file deleted or replaced") }
    if let interpreter = unnamedInterpreter(process) { about.append("run by \(interpreter)") }
    if process.isNamedLikeKernelThread, !process.isClaim {
      about.append("named like a kernel thread, which it is not")
    }
    // What a file tells was never looked at.
    if process.isClaim { about.append("as the file has it") }
    return "\(command(process, limit: limit)) (\(about.joined(separator: ", ")))"
  }

  /// Whether its program is a shell that takes commands.
  static func isShell(_ process: ProcessIdentity) -> Bool {
    let path = process.executable ?? process.command
    let name = String(
      decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    return shells.contains(name)
  }

  private static let shells: Set = [
    "sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh", "busybox",
  ]

  /// Programs that run what others wrote, without the numbers of their versions, and what they may be called.
  private static let interpreters = [
    "python": ["python"], "perl": ["perl"], "ruby": ["ruby"], "php": ["php"], "node": ["node"],
    "java": ["java"], "bash": ["bash", "sh"], "dash": ["dash", "sh"],
  ]

  /// The interpreter behind a command line that names another program: a title, or a disguise.
  private static func unnamedInterpreter(_ process: ProcessIdentity) -> String? {
    func name(_ path: [UInt8]) -> String {
      let word = path.split(separator: UInt8(ascii: " ")).first ?? []
      return String(decoding: word.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }
    guard let executable = process.executable, let first = process.arguments.first, !first.isEmpty
    else { return nil }
    let (program, called) = (name(executable), name(first))
    for (stem, names) in interpreters where program.hasPrefix(stem) {
      // What is left is a version.
      guard program.dropFirst(stem.count).allSatisfy({ "0123456789.-".contains($0) }) else {
        continue
      }
      let shown = called.hasPrefix("-") ? String(called.dropFirst()) : called
      return names.contains { shown.hasPrefix($0) } ? nil : Escaped.text(program)
    }
    return nil
  }

  /// The command line in at most so many characters: the folders in front of the program go first, its arguments tell
  /// more.
  static func command(_ process: ProcessIdentity, limit: Int?) -> String {
    let whole = command(process)
    guard let limit, whole.count > limit,
      let program = process.arguments.first?.split(separator: UInt8(ascii: "/")).last
    else { return whole }
    return Escaped.cutInside(
      Escaped.command([Array(program)] + told(process).dropFirst()), to: limit)
  }

  /// The command line, else the executable, else the claimed name in brackets, as `ps` shows it; a file may tell none.
  static func command(_ process: ProcessIdentity) -> String {
    let told = told(process)
    if !told.isEmpty { return Escaped.command(told) }
    if let executable = process.executable { return Escaped.text(executable) }
    if process.command.isEmpty { return "a process" }
    return "[" + Escaped.text(process.command) + "]"
  }

  /// The arguments without the empty ones at their end, where there are several: who writes a title over its command line
  /// fills the rest with them.
  private static func told(_ process: ProcessIdentity) -> [[UInt8]] {
    let count = (process.arguments.lastIndex { !$0.isEmpty } ?? -1) + 1
    return count > 0 && process.arguments.count - count < 2
      ? process.arguments : Array(process.arguments.prefix(count))
  }

  /// The user's name, else the number.
  static func user(_ process: ProcessIdentity) -> String {
    process.userName.map { Escaped.text($0) } ?? "uid \(process.user)"
  }
}
