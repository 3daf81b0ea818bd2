import CLinux
import Glibc
import Sockets

/// What the kernel offers, tried for real where trying does no harm.
enum Facility {
  /// Whether tracefs is mounted and can be read.
  static func tracefs() -> Check.State {
    if unsafe access("/sys/kernel/tracing/events/sock/inet_sock_set_state", R_OK) == 0 {
      return .yes
    }
    return errno == EACCES ? .unknown : .no
  }

  /// Whether process events can be listened to: a netlink socket that joins the connector's group.
  static func procConnector() -> Check.State {
    let descriptor = socket(
      AF_NETLINK, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), NETLINK_CONNECTOR)
    guard descriptor >= 0 else { return .no }
    defer { close(descriptor) }
    var address = sockaddr_nl()
    address.nl_family = sa_family_t(AF_NETLINK)
    address.nl_groups = 1
    let status = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
      }
    }
    return status == 0 ? .yes : .no
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
