@testable import Sockets

extension FuzzTarget {
  /// Answers of sock_diag: messages one by one give what the whole datagram gives, and every socket has addresses of its
  /// family.
  static let sockets = FuzzTarget(name: "sockets", longest: 8_192) {
    var seeds = [
      RecordedReply.established + RecordedReply.bound + RecordedReply.done, RecordedReply.refused,
    ]
    for kind in DiagProtocol.allCases {
      for isIPv6 in [false, true] {
        guard var socket = try? NetlinkSocket.open() else { continue }
        let request = SockDiagRequest(
          protocol: kind, isIPv6: isIPv6, sequence: 7, scope: .port(0))
        try? socket.send(request.bytes)
        if let answer = try? socket.receive() { seeds.append(answer) }
      }
    }
    return seeds
  } run: { bytes in
    let whole = SockDiagReply(bytes, sequence: 7, protocol: .tcp)
    demandPieces(bytes, whole)
    for entry in whole.entries { demandSound(entry) }
    for kind in DiagProtocol.allCases {
      if let message = DiagMessage(bytes, protocol: kind) { demandSound(message.entry) }
    }
    if let message = DiagMessage(report: bytes) { demandSound(message.entry) }
  }

  private static func demandSound(_ entry: SocketEntry) {
    let length = entry.isIPv6 ? 16 : 4
    demand(
      entry.localAddress.count == length && entry.peerAddress.count == length,
      "addresses are of the socket's family")
    for name in [entry.congestion, entry.upperLayer].compactMap(\.self) {
      demand(
        name.utf8.count <= 16 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "plain names")
    }
  }

  /// The datagram cut between two messages, up to the one that ends the answer or is malformed.
  private static func demandPieces(_ bytes: [UInt8], _ whole: SockDiagReply) {
    var entries: [SocketEntry] = []
    var offset = 0
    while let length = KernelBytes.load(UInt32.self, from: bytes, at: offset) {
      guard length >= 16, Int(length) <= bytes.count - offset else { break }
      let reply = SockDiagReply(
        Array(bytes[offset..<(offset + Int(length))]), sequence: 7, protocol: .tcp)
      entries += reply.entries
      if reply.isDone { break }
      offset += KernelBytes.aligned(Int(length))
    }
    demand(entries == whole.entries, "messages by themselves give what they give together")
  }
}
