import Glibc

/// The descriptors 0, 1 and 2.
enum StandardStreams {
  /// Takes those that the caller left closed, so that nothing else gets their numbers: a socket as number 1 would be sent
  /// what is meant for people. What is written there fails as it would have.
  static func occupy() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }
}
