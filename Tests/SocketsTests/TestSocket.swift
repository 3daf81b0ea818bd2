import Glibc

@testable import Sockets

/// A socket on loopback that a test opens.
final class TestSocket {
  struct Failure: Error {
    var call: String
    var number: Int32
  }

  static let loopback4: [UInt8] = [127, 0, 0, 1]
  static let loopback6: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]
  static let any6 = [UInt8](repeating: 0, count: 16)

  private(set) var number: Int32
  let isIPv6: Bool

  /// A TCP or UDP socket.
  init(_ transport: SocketEntry.Transport = .tcp, isIPv6: Bool = false) throws {
    self.isIPv6 = isIPv6
    let type = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
    number = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    if number < 0 { throw Failure(call: "socket", number: errno) }
  }

  init(accepted number: Int32, isIPv6: Bool) {
    self.number = number
    self.isIPv6 = isIPv6
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  /// Lets programs that are started inherit it.
  func share() { _ = fcntl(number, F_SETFD, 0) }

  deinit { end() }

  /// Closes the descriptor.
  func end() {
    if number >= 0 { _ = close(number) }
    number = -1
  }

  func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  @discardableResult func bound(to address: [UInt8], port: UInt16 = 0) throws -> TestSocket {
    try unsafe withAddress(address, port, "bind") { unsafe Glibc.bind(number, $0, $1) }
    return self
  }

  @discardableResult func listening(backlog: Int32 = 5) throws -> TestSocket {
    if listen(number, backlog) != 0 { throw Failure(call: "listen", number: errno) }
    return self
  }

  @discardableResult func connected(to address: [UInt8], port: UInt16) throws -> TestSocket {
    try unsafe withAddress(address, port, "connect") { unsafe Glibc.connect(number, $0, $1) }
    return self
  }

  func accepted() throws -> TestSocket {
    let accepted = accept(number, nil, nil)
    if accepted < 0 { throw Failure(call: "accept", number: errno) }
    return TestSocket(accepted: accepted, isIPv6: isIPv6)
  }

  /// The local port.
  var port: UInt16 {
    var storage = [UInt8](repeating: 0, count: 28)
    var length = socklen_t(storage.count)
    let number = number
    _ = unsafe storage.withUnsafeMutableBytes {
      unsafe getsockname(number, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
    }
    return UInt16(storage[2]) << 8 | UInt16(storage[3])
  }

  /// The inode of its file.
  var inode: UInt32 {
    var status = stat()
    unsafe fstat(number, &status)
    return UInt32(status.st_ino)
  }

  private func withAddress(
    _ address: [UInt8], _ port: UInt16, _ call: String,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    let family = UInt16(isIPv6 ? AF_INET6 : AF_INET)
    var bytes: [UInt8] = unsafe withUnsafeBytes(of: family) { unsafe Array($0) }
    bytes += [UInt8(port >> 8), UInt8(port & 0xFF)]
    bytes +=
      isIPv6 ? [0, 0, 0, 0] + address + [0, 0, 0, 0] : address + [UInt8](repeating: 0, count: 8)
    let result = unsafe bytes.withUnsafeBytes {
      unsafe body(
        $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    if result != 0 { throw Failure(call: call, number: errno) }
  }
}

/// A program that a test starts and ends.
final class TestProcess {
  let pid: pid_t
  private var hasEnded = false

  /// Starts `arguments[0]`; its standard output goes to `output` when given. Nil when it can't be started.
  init?(_ arguments: [String], output: Int32? = nil) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let output { unsafe posix_spawn_file_actions_adddup2(&actions, output, 1) }
    var texts = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe texts.forEach { unsafe free($0) } }
    var started: pid_t = 0
    let result = unsafe posix_spawn(&started, arguments[0], &actions, nil, &texts, environ)
    guard result == 0 else { return nil }
    pid = started
  }

  /// Ends it and waits for it.
  func end(killing: Bool = true) {
    if hasEnded { return }
    hasEnded = true
    if killing { kill(pid, SIGKILL) }
    _ = waitpid(pid, nil, 0)
  }

  deinit { end() }

  /// What a program prints; nil when it can't be started.
  static func output(of arguments: [String], lines: Int? = nil) -> (String, TestProcess)? {
    var ends: [Int32] = [0, 0]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
    let process = TestProcess(arguments, output: ends[1])
    _ = close(ends[1])
    defer { _ = close(ends[0]) }
    guard let process else { return nil }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe read(ends[0], &buffer, buffer.count)
      if count <= 0 { break }
      text += buffer[..<count]
      if let lines, text.count(where: { $0 == 0x0A }) >= lines { break }
    }
    return (String(decoding: text, as: UTF8.self), process)
  }
}
