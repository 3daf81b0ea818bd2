/// What the kernel told of a socket on the watched port.
struct PortEvent: Hashable, Sendable {
  /// What happened.
  enum Kind: Hashable, Sendable {
    /// A TCP socket changed its state: numbers of include/net/tcp_states.h.
    case state(socket: UInt64, from: UInt64, to: UInt64)
    /// A UDP socket's way to its peer was looked up, for a datagram or a connection.
    case route
  }

  /// TCP_SYN_SENT.
  static let synSent: UInt64 = 2
  /// TCP_CLOSE.
  static let closed: UInt64 = 7
  /// TCP_LISTEN.
  static let listening: UInt64 = 10

  /// Nanoseconds after boot.
  var time: UInt64
  /// The thread that ran.
  var task: Int32
  /// Whether it was interrupted for this, and has nothing to do with it.
  var isInterrupted: Bool
  /// What happened.
  var kind: Kind
  /// This host's end; port 0 where there is none yet, the address all zero where it is open.
  var local: SocketEndpoint
  /// The other end.
  var peer: SocketEndpoint
}

/// The fields of the events that become a `PortEvent`.
struct PortEventFormat: Hashable, Sendable {
  private enum Origin: Hashable {
    case state(
      socket: EventFormat.Field, from: EventFormat.Field, to: EventFormat.Field,
      family: EventFormat.Field, protocol: EventFormat.Field)
    case route(protocol: EventFormat.Field)
  }

  private struct Ends: Hashable {
    var localPort: EventFormat.Field
    var peerPort: EventFormat.Field
    var local4: EventFormat.Field?
    var peer4: EventFormat.Field?
    var local6: EventFormat.Field?
    var peer6: EventFormat.Field?
  }

  private static let tcp: UInt64 = 6
  private static let udp: UInt64 = 17
  private static let internet6: UInt64 = 10

  /// The number of the event's kind.
  let identity: UInt16
  private let common: CommonFields
  private let origin: Origin
  private let ends: Ends

  /// `sock:inet_sock_set_state`; nil when a field is missing.
  init?(state format: EventFormat) {
    guard let socket = format["skaddr"], let from = format["oldstate"], let to = format["newstate"],
      let family = format["family"], let number = format["protocol"], format["saddr"]?.size == 4,
      format["saddr_v6"]?.size == 16
    else { return nil }
    self.init(
      format, .state(socket: socket, from: from, to: to, family: family, protocol: number),
      local4: format["saddr"], peer4: format["daddr"], local6: format["saddr_v6"],
      peer6: format["daddr_v6"])
  }

  /// `fib:fib_table_lookup` or `fib6:fib6_table_lookup`; nil when a field is missing, as the ports were before Linux 4.18.
  init?(route format: EventFormat, isIPv6: Bool) {
    guard let number = format["proto"], format["src"]?.size == (isIPv6 ? 16 : 4) else {
      return nil
    }
    let (local, peer) = (format["src"], format["dst"])
    self.init(
      format, .route(protocol: number), local4: isIPv6 ? nil : local, peer4: isIPv6 ? nil : peer,
      local6: isIPv6 ? local : nil, peer6: isIPv6 ? peer : nil)
  }

  private init?(
    _ format: EventFormat, _ origin: Origin, local4: EventFormat.Field?, peer4: EventFormat.Field?,
    local6: EventFormat.Field?, peer6: EventFormat.Field?
  ) {
    guard let common = CommonFields(format), let localPort = format["sport"],
      let peerPort = format["dport"]
    else { return nil }
    identity = format.identity
    self.common = common
    self.origin = origin
    ends = Ends(
      localPort: localPort, peerPort: peerPort, local4: local4, peer4: peer4, local6: local6,
      peer6: peer6)
  }

  /// The event in a record of this kind; nil when it is of another protocol, or cut.
  func event(_ record: EventRecord) -> PortEvent? {
    guard let task = common.task(of: record),
      let localPort = record.number(ends.localPort).flatMap({ UInt16(exactly: $0) }),
      let peerPort = record.number(ends.peerPort).flatMap({ UInt16(exactly: $0) })
    else { return nil }
    let kind: PortEvent.Kind
    var isIPv6 = ends.local4 == nil
    switch origin {
    case .state(let socket, let from, let to, let family, let number):
      // Multipath TCP's own sockets have TCP sockets below them, which are told of as well.
      guard record.number(number) == Self.tcp, let socket = record.number(socket),
        let from = record.number(from), let to = record.number(to)
      else { return nil }
      isIPv6 = record.number(family) == Self.internet6
      kind = .state(socket: socket, from: from, to: to)
    case .route(let number):
      guard record.number(number) == Self.udp else { return nil }
      kind = .route
    }
    guard let local = (isIPv6 ? ends.local6 : ends.local4).flatMap({ record.bytes($0) }),
      let peer = (isIPv6 ? ends.peer6 : ends.peer4).flatMap({ record.bytes($0) })
    else { return nil }
    return PortEvent(
      time: record.time, task: task.number, isInterrupted: task.isInterrupted, kind: kind,
      local: SocketEndpoint(address: local, port: localPort).unmapped,
      peer: SocketEndpoint(address: peer, port: peerPort).unmapped)
  }
}
