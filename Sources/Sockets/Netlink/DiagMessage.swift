import CLinux
import Glibc

/// One socket in a reply: inet_diag_msg and its attributes (include/uapi/linux/inet_diag.h).
struct DiagMessage {
  /// The longest name of a congestion algorithm or upper layer (TCP_CA_NAME_MAX, TCP_ULP_NAME_MAX).
  private static let nameLimit = 16

  var entry: SocketEntry

  /// Parses the body of a message; nil when it is too short, of another family, or of an unknown state.
  init?(_ bytes: [UInt8], protocol: DiagProtocol) {
    guard let message = KernelBytes.load(inet_diag_msg.self, from: bytes, at: 0),
      let state = SocketState(kernelNumber: message.idiag_state)
    else { return nil }
    let isIPv6: Bool
    switch Int32(message.idiag_family) {
    case AF_INET: isIPv6 = false
    case AF_INET6: isIPv6 = true
    default: return nil
    }
    let identity = message.id
    let length = isIPv6 ? 16 : 4
    entry = SocketEntry(
      transport: `protocol`.transport, isIPv6: isIPv6, state: state,
      localAddress: Array(KernelBytes.bytes(of: identity.idiag_src).prefix(length)),
      localPort: UInt16(bigEndian: identity.idiag_sport),
      peerAddress: Array(KernelBytes.bytes(of: identity.idiag_dst).prefix(length)),
      peerPort: UInt16(bigEndian: identity.idiag_dport), receiveQueue: message.idiag_rqueue,
      sendQueue: message.idiag_wqueue, user: message.idiag_uid, inode: message.idiag_inode,
      cookie: UInt64(identity.idiag_cookie.1) << 32 | UInt64(identity.idiag_cookie.0),
      boundInterface: identity.idiag_if)
    entry.isMultipath = `protocol` == .multipath
    if let kind = SocketTimer.Kind(kernelNumber: message.idiag_timer), entry.transport == .tcp {
      entry.timer = SocketTimer(
        kind: kind, milliseconds: message.idiag_expires, retransmissions: message.idiag_retrans)
    }
    for attribute in NetlinkAttributes(bytes, from: MemoryLayout<inet_diag_msg>.size) {
      note(attribute, protocol: `protocol`)
    }
  }

  /// The kernel's report that a socket ended: the same message, with the protocol as an attribute. Nil for what is
  /// neither TCP nor UDP, or does not parse.
  init?(report bytes: [UInt8]) {
    let attributes = NetlinkAttributes(bytes, from: MemoryLayout<inet_diag_msg>.size)
    guard let number = attributes.first(where: { Int($0.type) == INET_DIAG_PROTOCOL })?.value.first,
      let kind = DiagProtocol.allCases.first(where: { $0.number == UInt32(number) })
    else { return nil }
    self.init(bytes, protocol: kind)
  }

  private mutating func note(_ attribute: NetlinkAttributes.Element, protocol: DiagProtocol) {
    switch Int(attribute.type) {
    case INET_DIAG_INFO where `protocol` == .tcp:
      noteConnection(attribute.value)
    case INET_DIAG_CONG:
      entry.congestion = Self.name(attribute.value)
    case INET_DIAG_MARK:
      entry.mark = KernelBytes.load(UInt32.self, from: attribute.value, at: 0)
    case INET_DIAG_CGROUP_ID:
      entry.controlGroup = KernelBytes.load(UInt64.self, from: attribute.value, at: 0)
    case INET_DIAG_SKV6ONLY:
      entry.isIPv6Only = attribute.value.first.map { $0 != 0 }
    case INET_DIAG_ULP_INFO:
      for inner in NetlinkAttributes(attribute.value, from: 0)
      where Int(inner.type) == INET_ULP_INFO_NAME {
        entry.upperLayer = Self.name(inner.value)
      }
    default: break
    }
  }

  /// Fields of `tcp_info`, each only where the kernel's structure is long enough to have it. A listener's have
  /// another meaning and are left out.
  private mutating func noteConnection(_ value: [UInt8]) {
    guard entry.state != .listening else { return }
    let offsets = linux_tcp_info_offsets()
    let roundTrip = KernelBytes.load(UInt32.self, from: value, at: offsets.round_trip)
    if let roundTrip, roundTrip != 0 { entry.roundTripMicroseconds = roundTrip }
    entry.bytesAcknowledged = KernelBytes.load(
      UInt64.self, from: value, at: offsets.bytes_acknowledged)
    entry.bytesReceived = KernelBytes.load(UInt64.self, from: value, at: offsets.bytes_received)
    // A connection that is over keeps no such times.
    guard entry.inode != 0 || entry.isAwaitingAccept else { return }
    entry.lastSentMilliseconds = KernelBytes.load(
      UInt32.self, from: value, at: offsets.last_data_sent)
    entry.lastReceivedMilliseconds = KernelBytes.load(
      UInt32.self, from: value, at: offsets.last_data_received)
  }

  /// A NUL-terminated name of printable ASCII; nil for anything else.
  private static func name(_ value: [UInt8]) -> String? {
    let name = value.prefix { $0 != 0 }
    guard !name.isEmpty, name.count <= nameLimit,
      name.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }
}
