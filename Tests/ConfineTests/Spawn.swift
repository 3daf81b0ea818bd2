import Glibc

/// Programs that a test starts.
enum Spawn {
  /// Starts a program found through PATH; its number, or -1.
  static func start(_ arguments: [String], output: Int32? = nil) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let output { unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = -1
    let result = unsafe posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    return result == 0 ? process : -1
  }

  /// What a program prints, and its exit status; -1 when it did not start or was ended by a signal.
  static func output(of arguments: [String]) -> (String, Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return ("", -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = start(arguments, output: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard process > 0 else { return ("", -1) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe read(ends[0], &buffer, buffer.count)
      if count <= 0 { break }
      text += buffer[..<count]
    }
    var status: Int32 = 0
    unsafe waitpid(process, &status, 0)
    return (String(decoding: text, as: UTF8.self), status & 0x7f == 0 ? status >> 8 & 0xff : -1)
  }
}
