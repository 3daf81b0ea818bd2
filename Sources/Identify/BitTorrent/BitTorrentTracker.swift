import Flows
import Packets

/// The UDP tracker protocol (BEP 15): a connect request with a magic number, an answer that repeats
/// its transaction.
enum BitTorrentTracker {
  /// What it makes of a conversation.
  static func opinion(on conversation: Conversation) -> Opinion {
    guard let first = conversation.firstDatagram, first.length >= 16 else { return .no }
    var reader = Reader(first.bytes.span)
    guard let magic = reader.uint64() else { return first.isWhole ? .no : .undecided }
    guard magic == 0x0417_2710_1980, let action = reader.uint32(), action == 0,
      let transaction = reader.uint32()
    else {
      return .no
    }
    var strength = Recognition.Strength.oneSided
    var grounds = [Ground(first.turn.side, first.turn.range.lowerBound, 16, "connect request")]
    for datagram in conversation.payloads() where datagram.turn.side != first.turn.side {
      var answer = Reader(datagram.bytes.span)
      guard let action = answer.uint32(), action == 0 || action == 3, answer.uint32() == transaction
      else { continue }
      strength = .proven
      grounds.append(Ground(datagram.turn.side, datagram.turn.range.lowerBound, 8, "transaction"))
      break
    }
    return .yes(Recognition("bittorrent", strength, grounds: grounds, clientIs: first.turn.side))
  }
}
