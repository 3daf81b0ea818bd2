import Flows
import Packets

/// Messages of BitTorrent's distributed hash table (BEP 5): dictionaries with a transaction and a
/// type.
struct BitTorrentTable {
  private enum Kind {
    case query([UInt8])
    case response
    case error
  }

  private let kind: Kind
  private let transaction: [UInt8]
  private let hash: [UInt8]?
  private let version: [UInt8]?

  /// Reads one whole datagram.
  init?(_ datagram: Datagram) {
    guard datagram.bytes.first == UInt8(ascii: "d"), datagram.isWhole,
      let value = Bencoding(datagram.bytes),
      let transaction = value["t"]?.bytes, let type = value["y"]?.bytes
    else { return nil }
    self.transaction = transaction
    version = value["v"]?.bytes
    hash = value["a"]?["info_hash"]?.bytes
    switch String(decoding: type, as: UTF8.self) {
    case "q":
      guard let name = value["q"]?.bytes, value["a"]?["id"]?.bytes?.count == 20 else { return nil }
      kind = .query(name)
    case "r":
      guard value["r"]?["id"]?.bytes?.count == 20 else { return nil }
      kind = .response
    case "e":
      guard case .list = value["e"] else { return nil }
      kind = .error
    default: return nil
    }
  }

  /// What it makes of a conversation.
  static func opinion(on conversation: Conversation) -> Opinion {
    guard let first = conversation.firstDatagram, first.bytes.first == UInt8(ascii: "d") else {
      return .no
    }
    // Later datagrams may be of uTP, on the same socket.
    let read = conversation.payloads().compactMap { datagram in
      BitTorrentTable(datagram).map { (datagram, $0) }
    }
    guard let (datagram, message) = read.first, datagram.turn == first.turn else {
      return first.isWhole ? .no : .undecided
    }
    let isEchoed = read.contains { answer in
      guard case .query = message.kind, answer.0.turn.side != datagram.turn.side else {
        return false
      }
      if case .query = answer.1.kind { return false }
      return answer.1.transaction == message.transaction
    }
    var facts: [Fact] = []
    if case .query(let name) = message.kind { facts.append(Fact(.method, name)) }
    if let hash = message.hash, hash.count == 20 {
      facts.append(Fact(.hash, hash.map(\.hexadecimal).joined()))
    }
    if let version = message.version, version.count == 4 {
      facts.append(Fact(.userAgent, version.prefix(2)))
    }
    let isQuery = if case .query = message.kind { true } else { false }
    return .yes(
      Recognition(
        "bittorrent", isEchoed ? .proven : read.count > 1 ? .consistent : .oneSided,
        grounds: [
          Ground(
            datagram.turn.side, datagram.turn.range.lowerBound, datagram.bytes.count, "KRPC message"
          )
        ],
        facts: facts, clientIs: isQuery ? datagram.turn.side : datagram.turn.side.opposite))
  }
}
