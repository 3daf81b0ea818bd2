import CLinux
import Glibc

/// One end of the socket between two roles. Messages keep their bounds (SOCK_SEQPACKET); nothing here waits.
final class RoleSocket {
  /// For `poll`.
  let descriptor: Int32

  /// What `receive` found.
  enum Received {
    /// A message, and the descriptor that came with it or -1: the receiver's to close.
    case message([UInt8], descriptor: Int32)
    /// Nothing yet.
    case nothing
    /// The other role is gone.
    case end
  }

  /// What became of a message.
  enum Sent {
    case done
    /// There is no room now.
    case full
    /// The other role is gone.
    case end
  }

  private var buffer: [UInt8]

  /// An end whose messages have at most `longest` bytes; longer ones are taken for none.
  init(owning descriptor: Int32, longest: Int) {
    self.descriptor = descriptor
    buffer = [UInt8](repeating: 0, count: longest)
  }

  deinit { close(descriptor) }

  /// Two ends that are joined; nil when the system gives none. The corresponding C function is `socketpair`.
  static func pair() -> (Int32, Int32)? {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    return (ends[0], ends[1])
  }

  /// Sends a message, with a copy of an open descriptor unless that is -1.
  func send(_ bytes: [UInt8], descriptor: Int32 = -1) -> Sent {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe linux_send_message(self.descriptor, $0.baseAddress, $0.count, descriptor)
    }
    if count == bytes.count { return .done }
    return errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM ? .full : .end
  }

  /// Takes the next message.
  func receive() -> Received {
    var passed: Int32 = -1
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe linux_receive_message(descriptor, $0.baseAddress, $0.count, &passed)
    }
    if count < 0 { return errno == EAGAIN ? .nothing : .end }
    if count == 0 {
      // An empty message looks like the end, and may bring something all the same.
      if passed >= 0 { close(passed) }
      return .end
    }
    // A message that was cut is none; what came with it would be lost.
    if count > buffer.count { return .message([], descriptor: passed) }
    return .message(Array(buffer[..<count]), descriptor: passed)
  }

  /// Waits until a message, or room for one, is there; false when the time is over.
  func wait(for events: Int32 = POLLIN, milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return unsafe poll(&request, 1, milliseconds) > 0
  }
}
