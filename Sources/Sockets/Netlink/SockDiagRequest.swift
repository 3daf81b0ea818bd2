import CLinux
import Glibc

/// A request of sock_diag(7) for internet sockets, as bytes.
struct SockDiagRequest {
  /// States 1 to 13 of include/net/tcp_states.h; a kernel ignores those that it does not know.
  static let everyState: UInt32 = 0x3FFE

  /// TCP, UDP or Multipath TCP.
  var `protocol`: DiagProtocol
  /// Whether sockets of the IPv6 family are meant; nil for both, which only a dump of TCP can be asked for: the first form
  /// of such requests (struct inet_diag_req) has the protocol in its type and no family that the kernel looks at.
  var isIPv6: Bool?
  /// Answers carry it.
  var sequence: UInt32
  /// A dump of every socket that has this port on either side, or one socket.
  var scope: Scope

  enum Scope: Hashable {
    case port(UInt16)
    /// The fields of `inet_diag_sockid`; for UDP the kernel reads `source` as the peer's end.
    case one(source: SocketEndpoint, destination: SocketEndpoint)
  }

  /// The message: nlmsghdr, inet_diag_req_v2, attributes.
  var bytes: [UInt8] {
    var payload: [UInt8] = []
    if isIPv6 == nil {
      KernelBytes.append(headerOfBothFamilies, to: &payload)
    } else {
      KernelBytes.append(header, to: &payload)
    }
    if case .port(let port) = scope {
      Self.append(INET_DIAG_REQ_BYTECODE, PortFilter.bytecode(port: port), to: &payload)
    }
    if `protocol` == .multipath {
      let number = KernelBytes.bytes(of: `protocol`.number)
      Self.append(INET_DIAG_REQ_PROTOCOL, number, to: &payload)
    }
    var flags = UInt16(NLM_F_REQUEST)
    if case .port = scope { flags |= UInt16(NLM_F_ROOT | NLM_F_MATCH) }
    var message: [UInt8] = []
    let head = nlmsghdr(
      nlmsg_len: UInt32(MemoryLayout<nlmsghdr>.size + payload.count),
      nlmsg_type: UInt16(isIPv6 == nil ? TCPDIAG_GETSOCK : Int32(SOCK_DIAG_BY_FAMILY)),
      nlmsg_flags: flags, nlmsg_seq: sequence, nlmsg_pid: 0)
    KernelBytes.append(head, to: &message)
    return message + payload
  }

  private var header: inet_diag_req_v2 {
    var request = inet_diag_req_v2()
    request.sdiag_family = UInt8(isIPv6 == true ? AF_INET6 : AF_INET)
    // A number above 255 goes into an attribute; 0 makes a kernel without that attribute refuse.
    request.sdiag_protocol = UInt8(exactly: `protocol`.number) ?? 0
    request.idiag_ext = Self.extensions
    request.idiag_states = Self.everyState
    request.id.idiag_cookie = (UInt32.max, UInt32.max)
    if case .one(let source, let destination) = scope {
      request.id.idiag_sport = source.port.bigEndian
      request.id.idiag_dport = destination.port.bigEndian
      request.id.idiag_src = Self.words(source.address)
      request.id.idiag_dst = Self.words(destination.address)
    }
    return request
  }

  private var headerOfBothFamilies: inet_diag_req {
    var request = inet_diag_req()
    request.idiag_ext = Self.extensions
    request.idiag_states = Self.everyState
    request.id.idiag_cookie = (UInt32.max, UInt32.max)
    return request
  }

  private static var extensions: UInt8 { bit(INET_DIAG_INFO) | bit(INET_DIAG_CONG) }

  private static func bit(_ extension: some BinaryInteger) -> UInt8 {
    1 << (UInt8(truncatingIfNeeded: `extension`) - 1)
  }

  /// An address as the kernel's four words in network order; an IPv4 address fills the first.
  private static func words(_ address: [UInt8]) -> (UInt32, UInt32, UInt32, UInt32) {
    let padded = address + [UInt8](repeating: 0, count: max(0, 16 - address.count))
    return (
      KernelBytes.load(UInt32.self, from: padded, at: 0) ?? 0,
      KernelBytes.load(UInt32.self, from: padded, at: 4) ?? 0,
      KernelBytes.load(UInt32.self, from: padded, at: 8) ?? 0,
      KernelBytes.load(UInt32.self, from: padded, at: 12) ?? 0
    )
  }

  /// An attribute: length and type (struct nlattr), the value, padding to 4 bytes.
  private static func append(
    _ type: some BinaryInteger, _ value: [UInt8], to bytes: inout [UInt8]
  ) {
    let length = MemoryLayout<nlattr>.size + value.count
    let head = nlattr(nla_len: UInt16(length), nla_type: UInt16(truncatingIfNeeded: type))
    KernelBytes.append(head, to: &bytes)
    bytes += value + [UInt8](repeating: 0, count: KernelBytes.aligned(length) - length)
  }
}
