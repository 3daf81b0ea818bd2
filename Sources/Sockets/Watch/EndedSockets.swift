import CLinux
import Glibc

/// Hears of the ends of sockets in one network namespace.
final class EndedSockets {
  /// Reports taken at once; what is left comes the next time.
  private static let batch = 4_096

  /// The namespace; nil for this process's own.
  let namespace: NetworkNamespace?
  private let port: UInt16
  private var socket: NetlinkSocket

  /// Over a socket that `NetlinkSocket.hearingEnds` made.
  init(_ socket: consuming NetlinkSocket, port: UInt16, namespace: NetworkNamespace? = nil) {
    self.socket = socket
    self.port = port
    self.namespace = namespace
  }

  /// For `poll`.
  var number: Int32 { socket.number }

  /// Hands each waiting report to `body`; false when some were lost.
  func take(_ body: (OwnedSocket) -> Void) -> Bool {
    socket.drain(Self.batch) { datagram in
      for entry in Self.entries(in: datagram)
      where entry.localPort == port || entry.peerPort == port {
        body(OwnedSocket(socket: entry, missing: .vanished, namespace: namespace))
      }
    }
  }

  /// The sockets in a datagram of reports: messages like those of an answer, each by itself.
  static func entries(in datagram: [UInt8]) -> [SocketEntry] {
    let headerLength = MemoryLayout<nlmsghdr>.size
    var entries: [SocketEntry] = []
    var offset = 0
    while let header = KernelBytes.load(nlmsghdr.self, from: datagram, at: offset),
      let length = Int(exactly: header.nlmsg_len),
      length >= headerLength, length <= datagram.count - offset
    {
      let body = Array(datagram[(offset + headerLength)..<(offset + length)])
      if Int32(header.nlmsg_type) == SOCK_DIAG_BY_FAMILY, let message = DiagMessage(report: body) {
        entries.append(message.entry)
      }
      offset += KernelBytes.aligned(length)
    }
    return entries
  }
}
