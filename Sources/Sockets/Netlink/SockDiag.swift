import Glibc

/// The conversation with sock_diag over a channel.
struct SockDiag<Channel: NetlinkChannel & ~Copyable>: ~Copyable {
  /// Sockets kept of one dump; a bound against exhaustion, far above what a port can have.
  static var socketLimit: Int { 1 << 18 }
  /// Datagrams read for one answer.
  static var datagramLimit: Int { 1 << 16 }

  private(set) var channel: Channel
  private var sequence: UInt32 = 0

  init(_ channel: consuming Channel) {
    self.channel = channel
  }

  /// Every socket with `port` on either side, of both families where `isIPv6` is nil (TCP alone). Repeats once when the
  /// table changed under it or messages were lost.
  mutating func dump(
    _ protocol: DiagProtocol, isIPv6: Bool?, port: UInt16
  ) throws(NetlinkError) -> SockDiagDump {
    let first = try attempt(`protocol`, isIPv6: isIPv6, scope: .port(port))
    if first.isComplete { return first }
    return try attempt(`protocol`, isIPv6: isIPv6, scope: .port(port))
  }

  /// What the kernel answers to a request for one socket: that socket, or another that would take the packet. The
  /// caller compares. Nil when there is none.
  mutating func one(
    _ protocol: DiagProtocol, isIPv6: Bool, source: SocketEndpoint, destination: SocketEndpoint
  ) throws(NetlinkError) -> SocketEntry? {
    do {
      let scope = SockDiagRequest.Scope.one(source: source, destination: destination)
      return try attempt(`protocol`, isIPv6: isIPv6, scope: scope).entries.first
    } catch .system(ENOENT) {
      return nil
    }
  }

  private mutating func attempt(
    _ protocol: DiagProtocol, isIPv6: Bool?, scope: SockDiagRequest.Scope
  ) throws(NetlinkError) -> SockDiagDump {
    sequence &+= 1
    let request = SockDiagRequest(
      protocol: `protocol`, isIPv6: isIPv6, sequence: sequence, scope: scope)
    try channel.send(request.bytes)
    var dump = SockDiagDump()
    for _ in 0..<Self.datagramLimit {
      let datagram: [UInt8]
      do {
        datagram = try channel.receive()
      } catch .overrun {
        // The dump goes on behind the lost messages and must be read to its end before the next one.
        dump.isComplete = false
        continue
      }
      let reply = SockDiagReply(datagram, sequence: sequence, protocol: `protocol`)
      if let failure = reply.failure { throw .system(failure) }
      if reply.isMalformed || reply.isInterrupted { dump.isComplete = false }
      let room = Self.socketLimit - dump.entries.count
      if reply.entries.count > room { dump.isComplete = false }
      dump.entries += reply.entries.prefix(room)
      if reply.isDone { return dump }
      // An exact request is answered by one message without an end.
      if case .one = scope, !reply.entries.isEmpty || reply.isMalformed { return dump }
    }
    throw .malformed
  }
}
