import Flows
import Packets

extension Recogniser {
  /// Spotify's access point: the client's hello is version 4, its length and a protocol buffer; the answer has a length.
  static let spotify = Recogniser(
    name: "spotify", title: "Spotify access point",
    specification: "keyexchange.proto and handshake of librespot",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client.bytes
    if conversation.transport == .udp {
      // The search for other clients on the local network.
      guard client.starts(with: Array("SpotUdp0".utf8)), client.count >= 44 else { return .no }
      return .yes(
        Recognition("spotify", .consistent, grounds: [Ground(.client, 0, 8, "discovery magic")]))
    }
    do throws(Misfit) {
      var hello = ByteWalk(client)
      try hello.expect([0, 4])
      let length = Int(try hello.uint32())
      guard (16...4096).contains(length) else { throw .wrong }
      // The build information comes first, then the ciphers.
      try hello.expect([0x52])
      let build = try hello.variable(atMost: 2)
      var information = try hello.walk(Int(build))
      try information.expect([0x50])
      guard length <= client.count else { throw .short }
      var answer = ByteWalk(conversation.server.bytes)
      let size = Int(try answer.uint32())
      guard (16...4096).contains(size) else { throw .wrong }
      try answer.expect([0x52])
      return .yes(
        Recognition(
          "spotify", .answered,
          grounds: [
            Ground(.client, 0, min(length, client.count), "client hello"),
            Ground(.server, 0, 5, "answer"),
          ]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
