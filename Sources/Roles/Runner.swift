import CLinux
public import Confine
import Glibc

/// The process that does what neither helper nor parser may: it runs a command for each file that a rotation has ended
/// (`-z`), and asks for the names of addresses (`--resolve`). It is the user who called, and gains no right any more.
public final class Runner {
  /// What it is to do.
  public struct Work {
    /// The command of `-z`, raw; nil for none.
    public var command: [UInt8]?
    /// What stands in front of a file's name, as it was typed: its folder with the slash, or nothing.
    public var folder: [UInt8]
    /// Finds the name of an address of 4 or 16 bytes, raw; nil to find none.
    public var lookUp: (([UInt8]) -> [UInt8]?)?

    /// Work of these values.
    public init(
      command: [UInt8]?, folder: [UInt8], lookUp: (([UInt8]) -> [UInt8]?)?
    ) {
      self.command = command
      self.folder = folder
      self.lookUp = lookUp
    }
  }

  /// Commands that run at a time; further files wait.
  private static let mostCommands = 64
  static let longestMessage = 4_608

  /// The helper's end, for files.
  private(set) var files: RoleSocket?
  /// The parser's end, for names.
  private(set) var names: RoleSocket?
  /// Nobody waits for it; its parent keeps its number from being given away.
  private var child: ChildProcess?

  private init(files: RoleSocket, names: RoleSocket, child: ChildProcess) {
    self.files = files
    self.names = names
    self.child = child
  }

  /// Starts the process, while one thread runs; it ends when both others have let it go.
  ///
  /// - Parameter account: who it becomes; nil to stay who this process is.
  /// - Throws: the system's refusal.
  public static func start(_ work: Work, account: Account?) throws(RoleFailure) -> Runner {
    guard let (files, runnerFiles) = RoleSocket.pair(), let (names, runnerNames) = RoleSocket.pair()
    else { throw RoleFailure(number: errno) }
    guard let child = try ChildProcess.fork() else {
      // The folder of -w, the first file and what else is open is not this process's.
      let kept = [0, 1, 2, runnerFiles, runnerNames].sorted()
      unsafe kept.withUnsafeBufferPointer {
        unsafe linux_close_all_but($0.baseAddress, $0.count)
      }
      serve(
        work, account,
        files: RoleSocket(owning: runnerFiles, longest: longestMessage),
        names: RoleSocket(owning: runnerNames, longest: longestMessage))
    }
    close(runnerFiles)
    close(runnerNames)
    return Runner(
      files: RoleSocket(owning: files, longest: longestMessage),
      names: RoleSocket(owning: names, longest: longestMessage), child: child)
  }

  /// The way to names, which goes on being one in a process that is forked.
  public var nameConnection: NameConnection? { names.map { NameConnection($0) } }

  /// Becomes readable when the process ends; -1 where nothing does.
  var ending: Int32 { child?.descriptor ?? -1 }

  /// Whether the process has ended, which it should not before it is let go.
  var hasEnded: Bool { child?.ended() != nil }

  /// Lets go of what the parser has.
  func leaveNames() { names = nil }

  /// Lets go of what the helper has.
  func leaveFiles() {
    files = nil
    child = nil
  }

  /// Has the command run for a file that is complete; its name in the folder.
  func note(ended name: [UInt8]) { _ = files?.send(name) }

  private static func serve(
    _ work: Work, _ account: Account?, files: RoleSocket, names: RoleSocket
  ) -> Never {
    // Ctrl-C is the helper's to answer; this process ends when it is let go.
    var set = sigset_t()
    unsafe sigfillset(&set)
    unsafe sigprocmask(SIG_BLOCK, &set, nil)
    if let account, linux_become_user(account.user, account.group) != 0 { _exit(70) }
    if linux_no_new_privileges() != 0 { _exit(70) }
    if work.command == nil {
      _ = Confinement.analysis(allowsSockets: true).apply()
    }
    var running: Set<pid_t> = []
    var hasFiles = true
    var hasNames = true
    while hasFiles || hasNames {
      wait(hasFiles && running.count < mostCommands ? files : nil, hasNames ? names : nil)
      running = running.filter { waitpid($0, nil, WNOHANG) == 0 }
      if hasNames { hasNames = answer(names, work) }
      if hasFiles, running.count < mostCommands {
        switch files.receive() {
        case .nothing: break
        case .end: hasFiles = false
        case .message(let name, _):
          if let command = work.command, !name.isEmpty,
            let process = run(command, work.folder + name)
          {
            running.insert(process)
          }
        }
      }
    }
    _exit(0)
  }

  private static func wait(_ files: RoleSocket?, _ names: RoleSocket?) {
    var requests = [files, names].compactMap(\.self).map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    _ = unsafe poll(&requests, UInt(requests.count), 500)
  }

  /// Answers one question for a name; false when nobody asks any more.
  private static func answer(_ names: RoleSocket, _ work: Work) -> Bool {
    switch names.receive() {
    case .nothing: return true
    case .end: return false
    case .message(let bytes, let descriptor):
      if descriptor >= 0 { close(descriptor) }
      guard let question = NameQuestion(bytes) else { return true }
      let name = work.lookUp?(question.address)
      _ = names.send(NameAnswer(number: question.number, name: name).bytes)
      return true
    }
  }

  /// Starts the command with a file's name, with the lowest priority; nil when it can't be started. The corresponding C
  /// function is `posix_spawnp`.
  private static func run(_ command: [UInt8], _ path: [UInt8]) -> pid_t? {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = [command, path].map { $0.map { CChar(bitPattern: $0) } + [0] }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawnp(&process, words[0], nil, &attributes, &arguments, environ) == 0
    else {
      let text = Array("icwscan: -z: ".utf8) + command + Array(" can't be started\n".utf8)
      _ = unsafe write(STDERR_FILENO, text, text.count)
      return nil
    }
    _ = linux_lower_priority(process)
    return process
  }
}
