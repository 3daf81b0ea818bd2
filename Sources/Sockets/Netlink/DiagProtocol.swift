import Glibc

/// The protocols whose sockets are asked for.
enum DiagProtocol: Hashable, CaseIterable {
  case tcp, udp, udpLite, multipath

  /// The number in IP's protocol field; Multipath TCP has one above 255 that only Linux knows.
  var number: UInt32 {
    switch self {
    case .tcp: UInt32(IPPROTO_TCP)
    case .udp: UInt32(IPPROTO_UDP)
    case .udpLite: UInt32(IPPROTO_UDPLITE)
    case .multipath: 262
    }
  }

  var transport: SocketEntry.Transport {
    switch self {
    case .tcp, .multipath: .tcp
    case .udp: .udp
    case .udpLite: .udpLite
    }
  }
}
