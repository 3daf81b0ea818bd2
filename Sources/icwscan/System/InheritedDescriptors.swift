import Glibc

/// Descriptors beyond the standard three that the program was started with: whoever started it forgot to close them.
struct InheritedDescriptors {
  /// Descriptors that are looked for; a process has more of them only by intention.
  private static let most: Int32 = 1_024
  private let numbers: [Int32]

  /// All that are open now: ask before anything else is opened.
  init() {
    numbers = (3..<Self.most).filter { fcntl($0, F_GETFD) >= 0 }
  }

  /// Closes them: in a process that is to hold nothing but what it needs.
  func leave() {
    for number in numbers { close(number) }
  }
}
