import Glibc
import Synchronization

/// A program that a test started: its output is read while the test waits for it, never behind a sleep.
final class Program {
  /// What a program left behind.
  struct Outcome {
    /// The exit status, or 128 and the signal that ended it.
    var status: Int32
    /// Everything on standard output.
    var output: String
    /// Everything on standard error.
    var errors: String

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// The lines of standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Why a test could not go on.
  enum Failure: Error {
    case notStarted([String], Int32)
    case noLine(String, output: String, errors: String)
    case tooLong([String], output: String, errors: String)
  }

  /// Which stream a line is waited for on.
  enum Stream { case output, errors }

  /// The process.
  let identifier: pid_t
  private let words: [String]
  private var descriptors: [Int32]
  private var bytes: [[UInt8]] = [[], []]
  private var isReaped = false

  /// Starts a program in a process group of its own; standard input is `input`, a file, or empty.
  init(
    _ words: [String], input: String = "/dev/null", directory: String = Place.root,
    environment: [String: String] = [:]
  ) throws {
    self.words = words
    // `env -C` changes the folder and then becomes the program.
    let command = ["env", "-C", directory] + words
    let variables = Self.environment(environment)
    // One start at a time: a pipe end that another child inherits would never be seen to end.
    let started = try Self.starting.withLock { _ in
      try Self.start(command, input: input, variables: variables)
    }
    descriptors = started.descriptors
    identifier = started.child
  }

  private static let starting = Mutex(())

  private static func start(
    _ words: [String], input: String, variables: [String]
  ) throws -> (child: pid_t, descriptors: [Int32]) {
    var pipes: [[Int32]] = []
    for _ in 0..<2 {
      var ends: [Int32] = [-1, -1]
      guard unsafe pipe(&ends) == 0 else { throw Failure.notStarted(words, errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes[0][1], 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    // The test runner may block or ignore signals; a program of a user's shell does neither.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var environment = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer { unsafe environment.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let status = unsafe posix_spawnp(
      &child, words[0], &actions, &attributes, &arguments, &environment)
    for ends in pipes { close(ends[1]) }
    guard status == 0 else {
      for ends in pipes { close(ends[0]) }
      throw Failure.notStarted(words, status)
    }
    return (child, pipes.map { $0[0] })
  }

  deinit {
    if !isReaped {
      kill(-identifier, SIGKILL)
      _ = waitpid(identifier, nil, 0)
    }
    for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
  }

  /// The variables of this process with `changes`; no colour, no locale, UTC.
  private static func environment(_ changes: [String: String]) -> [String] {
    var values: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let split = text.firstIndex(of: "=") {
        values[String(text[..<split])] = String(text[text.index(after: split)...])
      }
      unsafe next = next.advanced(by: 1)
    }
    values["LC_ALL"] = "C.UTF-8"
    values["TZ"] = "UTC"
    values["NO_COLOR"] = nil
    values.merge(changes) { $1 }
    return values.map { "\($0)=\($1)" }
  }

  /// Sends a signal.
  func send(_ number: Int32) { kill(identifier, number) }

  /// Everything that came on a stream so far.
  func text(_ stream: Stream) -> String {
    String(decoding: bytes[stream == .output ? 0 : 1], as: UTF8.self)
  }

  /// Waits until a stream holds `text`, behind its first `behind` characters.
  @discardableResult func wait(
    for text: String, on stream: Stream = .output, behind: Int = 0, seconds: Int = 20
  ) throws -> String {
    let end = Self.now + seconds
    while !self.text(stream).dropFirst(behind).contains(text) {
      guard Self.now < end, read(until: end) else {
        throw Failure.noLine(text, output: self.text(.output), errors: self.text(.errors))
      }
    }
    return self.text(stream)
  }

  /// Waits for the end.
  func finish(seconds: Int = 60) throws -> Outcome {
    let end = Self.now + seconds
    while read(until: end) {}
    let late = Self.now >= end && descriptors.contains { $0 >= 0 }
    if late { kill(-identifier, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    if late {
      throw Failure.tooLong(words, output: text(.output), errors: text(.errors))
    }
    let code = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    return Outcome(status: code, output: text(.output), errors: text(.errors))
  }

  /// Seconds of a clock that never goes back.
  static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec
  }

  /// Takes what the program wrote; false when it wrote its last or the time is over.
  private func read(until end: Int) -> Bool {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard descriptors.contains(where: { $0 >= 0 }) else { return false }
    let left = max(0, end - Self.now)
    guard left > 0 else { return false }
    guard unsafe poll(&requests, 2, Int32(left) * 1000) > 0 else { return errno == EINTR }
    for index in 0..<2 where requests[index].revents != 0 {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe Glibc.read(descriptors[index], &buffer, buffer.count)
      if count > 0 {
        bytes[index] += buffer[..<count]
      } else {
        close(descriptors[index])
        descriptors[index] = -1
      }
    }
    return true
  }
}
