import Flows
import Packets

/// Steam's in-home streaming discovery: a signature, then header and body in Protocol Buffers behind their lengths, which
/// fill the datagram (steammessages_remoteclient_discovery.proto of SteamDatabase's Protobufs).
struct SteamDiscovery {
  /// What the sender calls its computer.
  private(set) var name: ArraySlice<UInt8>?

  /// Reads one datagram; nil when it is none.
  init?(_ datagram: Datagram) {
    var walk = ByteWalk(datagram.bytes, .little)
    guard
      (try? walk.expect([0xff, 0xff, 0xff, 0xff, 0x21, 0x4c, 0x5f, 0xa0])) != nil,
      let header = try? walk.count32(atMost: 1024), let first = try? walk.take(header),
      ProtocolBuffer(first) != nil, let body = try? walk.count32(atMost: 4096)
    else { return nil }
    guard walk.remaining == body || !datagram.isWhole else { return nil }
    let fields = ProtocolBuffer(walk.rest.prefix(body))
    guard fields != nil || !datagram.isWhole else { return nil }
    if let text = fields?.bytes(of: 4), text.isWritten, !text.isEmpty { name = text }
  }
}
