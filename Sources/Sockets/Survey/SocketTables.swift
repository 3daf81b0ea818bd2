import Glibc

/// The sockets of one network namespace through sock_diag.
final class SocketTables {
  /// The namespace; nil for this process's own.
  let namespace: NetworkNamespace?
  private var diag: SockDiag<NetlinkSocket>

  init(_ socket: consuming NetlinkSocket, namespace: NetworkNamespace? = nil) {
    self.namespace = namespace
    diag = SockDiag(socket)
  }

  /// Whether the kernel has UDP-Lite. One that has not would look for a module each time it is asked.
  private static let hasUDPLite = unsafe access("/proc/net/udplite", F_OK) == 0

  /// Every socket with `port` on either side. A kernel without Multipath TCP or UDP-Lite has no such sockets.
  func read(port: UInt16) throws(NetlinkError) -> SockDiagDump {
    var all = SockDiagDump()
    for kind in DiagProtocol.allCases {
      // Every Multipath TCP socket has TCP sockets below it with the same ports, which tell what they belong to; the
      // kernel's walk over its tables costs more than all the others together.
      if kind == .multipath, !all.entries.contains(where: \.isBelowMultipath) { continue }
      if kind == .udpLite, !Self.hasUDPLite { continue }
      let dump: SockDiagDump
      do {
        dump = try bothFamilies(kind, port: port)
      } catch .system(_) where kind == .multipath || kind == .udpLite {
        continue
      }
      if !dump.isComplete { all.isComplete = false }
      all.entries += dump.entries
    }
    keepFirst(&all)
    nameInterfaces(&all)
    return all
  }

  /// A socket that moves in the table while it is read can come twice.
  private func keepFirst(_ dump: inout SockDiagDump) {
    guard dump.entries.count > 1 else { return }
    var seen: Set<SocketKey> = []
    dump.entries.removeAll { !seen.insert(SocketKey($0)).inserted }
  }

  /// The kernel walks over the whole table of TCP for each question, so both families are asked for in one. A kernel that
  /// does not answer that is asked twice, as for the other protocols.
  private func bothFamilies(
    _ kind: DiagProtocol, port: UInt16
  ) throws(NetlinkError) -> SockDiagDump {
    if kind == .tcp, let dump = try? diag.dump(kind, isIPv6: nil, port: port) { return dump }
    var dump = try diag.dump(kind, isIPv6: false, port: port)
    let other = try diag.dump(kind, isIPv6: true, port: port)
    dump.entries += other.entries
    dump.isComplete = dump.isComplete && other.isComplete
    return dump
  }

  private func nameInterfaces(_ dump: inout SockDiagDump) {
    for index in dump.entries.indices where dump.entries[index].boundInterface != 0 {
      dump.entries[index].boundInterfaceName =
        diag.channel.interfaceName(dump.entries[index].boundInterface)
    }
  }

  /// The sockets of one transport with `port` on either side. Throws also where some of them were lost twice: one that was
  /// not seen may be the one that is asked for.
  func read(_ transport: SocketEntry.Transport, port: UInt16) throws(NetlinkError) -> [SocketEntry]
  {
    let kind: DiagProtocol = transport == .udp ? .udp : .tcp
    let dump = try bothFamilies(kind, port: port)
    guard dump.isComplete else { throw .overrun }
    return dump.entries
  }

  /// The socket whose two ends are exactly these; nil when the kernel answers with none or with another one. The
  /// kernel answers for a TCP connection that is gone with its listener, and for UDP with any socket that would
  /// take the datagram; and it reads a UDP request from the peer's side.
  func exact(
    _ transport: SocketEntry.Transport, local: SocketEndpoint, peer: SocketEndpoint
  ) throws(NetlinkError) -> SocketEntry? {
    let local = local.unmapped
    let peer = peer.unmapped
    let kind: DiagProtocol = transport == .udp ? .udp : .tcp
    let isIPv4 = local.address.count == 4
    // IPv4 may run over a socket of either family; the second question has the addresses mapped.
    for isIPv6 in isIPv4 ? [false, true] : [true] {
      let here = isIPv6 ? local.mapped : local
      let there = isIPv6 ? peer.mapped : peer
      let answer = try diag.one(
        kind, isIPv6: isIPv6, source: transport == .udp ? there : here,
        destination: transport == .udp ? here : there)
      if let answer, answer.connects(local, peer) { return answer }
    }
    return nil
  }
}

extension SocketEntry {
  /// Whether it is one of a Multipath TCP socket's TCP sockets: the kernel names the upper layer of each.
  var isBelowMultipath: Bool { upperLayer == "mptcp" }
}
