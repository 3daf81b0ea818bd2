import Glibc

/// The rights of the calling thread, which ends with them.
enum Privilege {
  private typealias Capset = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Int32
  private typealias Unshare = @convention(c) (Int32) -> Int32

  /// Gives up every capability; false when that can't be done.
  static func drop() -> Bool {
    guard let symbol = unsafe dlsym(nil, "capset") else { return false }
    let capset = unsafe unsafeBitCast(symbol, to: Capset.self)
    // _LINUX_CAPABILITY_VERSION_3, this thread; then no effective, permitted or inheritable ones.
    var header: [UInt32] = [0x2008_0522, 0]
    let none = [UInt32](repeating: 0, count: 6)
    return unsafe header.withUnsafeMutableBytes { header in
      unsafe none.withUnsafeBytes { unsafe capset(header.baseAddress!, $0.baseAddress!) == 0 }
    }
  }

  /// Moves the calling thread into a network namespace of its own, whose loopback is up; false without the right.
  static func enterNetwork() -> Bool {
    guard let symbol = unsafe dlsym(nil, "unshare") else { return false }
    let unshare = unsafe unsafeBitCast(symbol, to: Unshare.self)
    // CLONE_NEWNET
    guard unshare(0x4000_0000) == 0 else { return false }
    return Program.run("ip", "link", "set", "lo", "up")?.status == 0
  }

  /// Why a test does not run that needs a network of its own.
  static let reason: String? = {
    if Aside.run({ enterNetwork() }) { return nil }
    return "needs root, to make a network namespace of its own, and the program ip"
  }()
}
