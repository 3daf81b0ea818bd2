import Flows
import Packets

extension Recogniser {
  /// TiVoConnect discovery: lines of `key=value`, the first `TiVoConnect=` with a version.
  static let tivoconnect = Recogniser(
    name: "tivoconnect", title: "TiVoConnect discovery",
    specification: "TiVoConnect Automatic Machine Discovery Protocol Specification 1.5.1",
    transports: [.tcp, .udp], basis: [.built]
  ) { conversation in
    let mark = Array("tivoconnect=".utf8)
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      var facts: [Fact] = []
      var keys: Set<String> = []
      // A connection's packet has its length in front.
      let bytes = conversation[side].bytes
      let start = conversation.transport == .tcp && bytes.first == 0 ? 4 : 0
      let body = Array(bytes.dropFirst(start))
      let head = body.prefix(mark.count).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
      guard mark.starts(with: head) else { return .no }
      for line in Lines(body, most: 32) where line.isWhole {
        let parts = line.bytes.split(
          separator: 0x3d, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, line.isText else { return .no }
        let key = String(decoding: parts[0], as: UTF8.self).lowercased()
        keys.insert(key)
        let fields: [String: Field] = [
          "tivoconnect": .version, "machine": .host, "platform": .server, "identity": .clientID,
          "services": .topic,
        ]
        if let field = fields[key] { facts.append(Fact(field, parts[1])) }
      }
      guard keys.isSuperset(of: ["tivoconnect", "method", "platform"]) else { return .undecided }
      return .yes(
        Recognition(
          "tivoconnect", .consistent,
          grounds: [Ground(side, start, min(body.count, 512), "beacon")], facts: facts,
          clientIs: nil))
    }
    return .undecided
  }
}
