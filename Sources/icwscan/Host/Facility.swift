import Glibc
import Sockets

/// What the kernel offers, tried for real where trying does no harm.
enum Facility {
  /// Why the kernel does not tell who opens sockets: a ring of events is made as a live capture makes it, and taken away.
  static func traceObstacle() -> TraceObstacle? {
    let attributor = Attributor(port: 3699)
    defer { attributor.close() }
    return attributor.obstacle
  }

  /// Whether process events can be heard, in the first PID namespace only.
  static func procConnector() -> Check.State {
    SocketDiagnosis.hearsProcesses() ? .yes : .no
  }

  /// The transports whose sockets the kernel tells of.
  enum Diag: Int32 {
    case tcp = 6
    case udp = 17
  }

  /// Whether sock_diag answers for a transport: asked for the sockets of no state.
  static func sockDiag(_ transport: Diag) -> Check.State {
    SocketDiagnosis.answers(protocol: UInt8(transport.rawValue)) ? .yes : .no
  }

  /// Whether seccomp filters can be installed (PR_GET_SECCOMP is answered).
  static func seccomp() -> Check.State {
    unsafe access("/proc/sys/kernel/seccomp/actions_avail", F_OK) == 0 ? .yes : .no
  }

  /// Whether user namespaces may be made.
  static func userNamespaces() -> Check.State {
    guard case .success(let bytes) = WholeFile.read("/proc/sys/user/max_user_namespaces", most: 64)
    else {
      return .unknown
    }
    return String(decoding: bytes, as: UTF8.self).trimmed == "0" ? .no : .yes
  }
}

extension String {
  fileprivate var trimmed: Substring {
    self[...].drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
  }
}
