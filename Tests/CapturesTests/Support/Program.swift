import Glibc

/// Another program that a test runs.
enum Program {
  struct Result {
    var status: Int32
    var output: String
    var error: String
  }

  /// The whole path of a program; nil when there is none.
  static func path(_ name: String) -> String? {
    for folder in ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin"] {
      let path = "\(folder)/\(name)"
      if unsafe access(path, X_OK) == 0 { return path }
    }
    return nil
  }

  /// Runs it to its end; nil when it can't be started.
  static func run(_ name: String, _ arguments: String...) -> Result? {
    guard let path = path(name) else { return nil }
    let (output, error) = (Scratch(), Scratch())
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, error.path, O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map {
      unsafe strdup($0)
    }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawn(&process, path, &actions, nil, words, environ) == 0 else { return nil }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    return Result(
      status: code, output: String(decoding: output.bytes, as: UTF8.self),
      error: String(decoding: error.bytes, as: UTF8.self))
  }
}
