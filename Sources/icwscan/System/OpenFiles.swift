import Glibc

/// The files that this process may still open: without them it could not tell what is not there from what it can't see.
enum OpenFiles {
  /// More than any command has open at the same time, whatever it was started with; devices and inputs have errors of
  /// their own.
  static var needed: Int { Opened.count }

  private typealias Opened = InlineArray<24, Int32>

  /// Whether so many can be opened; the soft limit is raised for it as far as the hard one lets it be.
  static func haveRoom() -> Bool {
    if canOpen() { return true }
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return false }
    limit.rlim_cur += min(UInt(needed), limit.rlim_max - limit.rlim_cur)
    return unsafe setrlimit(kind, &limit) == 0 && canOpen()
  }

  private static func canOpen() -> Bool {
    var opened = Opened(repeating: -1)
    var isRoom = true
    for index in opened.indices where isRoom {
      opened[index] = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      isRoom = opened[index] >= 0
    }
    for index in opened.indices where opened[index] >= 0 { close(opened[index]) }
    return isRoom
  }
}
