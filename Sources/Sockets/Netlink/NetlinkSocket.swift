import CLinux
import Glibc

/// A netlink socket of one of the kernel's protocols: sends and receives bytes, closes itself. It stays in the network
/// namespace in which it was made.
struct NetlinkSocket: ~Copyable, NetlinkChannel {
  /// How long the kernel may take for an answer; it answers within milliseconds.
  private static let patienceSeconds = 5
  /// The kernel never writes a message of a dump that is longer than 32 KiB.
  private static let bufferLength = 65_536
  /// The kernel's queue for reports, of which each takes about 1 KiB.
  private static let burstLength: Int32 = 4 << 20

  private let descriptor: Descriptor
  private var buffer: [UInt8]

  /// Opens a socket, for sock_diag unless told. The corresponding C function is `socket`.
  static func open(_ protocol: Int32 = NETLINK_SOCK_DIAG) throws(NetlinkError) -> NetlinkSocket {
    let opened = try make(`protocol`)
    var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
    let result = unsafe setsockopt(
      opened.number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    if result != 0 { throw .system(errno) }
    return opened
  }

  /// Opens a socket that hears of the ends of sockets with `port`. Reading it never waits: it is `silent` when there
  /// is nothing.
  static func hearingEnds(port: UInt16) throws(NetlinkError) -> NetlinkSocket {
    let opened = try make(NETLINK_SOCK_DIAG, SOCK_NONBLOCK)
    opened.widen()
    if linux_hear_ended_sockets(opened.number, port) != 0 { throw .system(errno) }
    return opened
  }

  /// Opens a socket that hears of processes; the kernel's acknowledgement carries `request`. Reading it never waits.
  static func hearingProcesses(number request: UInt32) throws(NetlinkError) -> NetlinkSocket {
    let opened = try make(NETLINK_CONNECTOR, SOCK_NONBLOCK)
    opened.widen()
    if linux_hear_processes(opened.number, request) != 0 { throw .system(errno) }
    return opened
  }

  private static func make(
    _ protocol: Int32, _ flags: __socket_type = SOCK_RAW
  ) throws(NetlinkError) -> NetlinkSocket {
    let type = Int32((SOCK_RAW.rawValue | flags.rawValue) | SOCK_CLOEXEC.rawValue)
    let number = socket(AF_NETLINK, type, `protocol`)
    if number < 0 { throw .system(errno) }
    return NetlinkSocket(owning: number)
  }

  /// Room for a burst of reports: beyond the system's limit where this process may, else up to it.
  private func widen() {
    var bytes = Self.burstLength
    let size = socklen_t(MemoryLayout<Int32>.size)
    if unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, size) != 0 {
      unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUF, &bytes, size)
    }
  }

  /// For `poll`.
  var number: Int32 { descriptor.number }

  /// Takes over a socket that another thread opened.
  init(owning number: Int32) {
    descriptor = Descriptor(owning: number)
    buffer = [UInt8](repeating: 0, count: Self.bufferLength)
  }

  /// Hands the open socket to someone else.
  consuming func release() -> Int32 { descriptor.release() }

  /// The name of the device with an index, in the socket's network namespace; nil when there is none.
  func interfaceName(_ index: UInt32) -> String? {
    var name = [CChar](repeating: 0, count: Int(LINUX_INTERFACE_NAME))
    let number = descriptor.number
    let result = unsafe name.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Int32(-1) }
      return unsafe linux_interface_name(number, index, base)
    }
    guard result == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Sends one request to the kernel. The corresponding C function is `send`.
  mutating func send(_ request: [UInt8]) throws(NetlinkError) {
    while true {
      let sent = unsafe request.withUnsafeBytes { bytes in
        unsafe Glibc.send(descriptor.number, bytes.baseAddress, bytes.count, 0)
      }
      if sent == request.count { return }
      if sent >= 0 { throw .malformed }
      let failure = errno
      if failure != EINTR { throw .system(failure) }
    }
  }

  /// The next datagram from the kernel; those from other processes are dropped. The corresponding C function is
  /// `recvfrom`.
  mutating func receive() throws(NetlinkError) -> [UInt8] {
    while true {
      var sender = sockaddr_nl()
      let number = descriptor.number
      let count = Self.receive(number, into: &buffer, from: &sender)
      if count < 0 {
        switch errno {
        case EINTR: continue
        case ENOBUFS: throw .overrun
        case EAGAIN: throw .silent
        case let failure: throw .system(failure)
        }
      }
      if sender.nl_pid != 0 { continue }
      guard count <= buffer.count else { throw .malformed }
      return Array(buffer[..<count])
    }
  }

  /// Hands every datagram that waits, at most `most`, to `body`; false when the kernel had to drop some before. Only
  /// for a socket that never waits.
  mutating func drain(_ most: Int, _ body: ([UInt8]) -> Void) -> Bool {
    var isWhole = true
    for _ in 0..<most {
      do {
        body(try receive())
      } catch .overrun {
        isWhole = false
      } catch {
        break
      }
    }
    return isWhole
  }

  private static func receive(
    _ number: Int32, into buffer: inout [UInt8], from sender: inout sockaddr_nl
  ) -> Int {
    var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
    return unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe withUnsafeMutablePointer(to: &sender) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          // MSG_TRUNC makes the kernel tell the datagram's true length.
          unsafe recvfrom(
            number, bytes.baseAddress, bytes.count, Int32(MSG_TRUNC), address, &length)
        }
      }
    }
  }
}
