import Flows
import Packets

/// A packet of the micro transport protocol, uTP (BEP 29).
struct BitTorrentTransport {
  /// Data, fin, state, reset, syn.
  private let type: UInt8
  private let connection: UInt16
  private let sequence: UInt16
  private let acknowledgement: UInt16

  /// Reads one datagram: version 1, a known type, a chain of extensions that fits.
  init?(_ datagram: Datagram) {
    var reader = Reader(datagram.bytes.span)
    guard datagram.length >= 20, let first = reader.uint8(), first & 15 == 1, first >> 4 <= 4,
      var `extension` = reader.uint8(), let connection = reader.uint16(), reader.skip(12),
      let sequence = reader.uint16(), let acknowledgement = reader.uint16()
    else { return nil }
    var count = 0
    while `extension` != 0 {
      guard `extension` <= 4, count < 4, let next = reader.uint8(), let body = reader.vector8(),
        `extension` != 1 || body.count % 4 == 0 && !body.isEmpty
      else { return nil }
      `extension` = next
      count += 1
    }
    type = first >> 4
    // Only data carries bytes behind the header.
    guard type == 0 || reader.offset == datagram.length || !datagram.isWhole else { return nil }
    self.connection = connection
    self.sequence = sequence
    self.acknowledgement = acknowledgement
  }

  /// What it makes of a conversation: an answer to a SYN that repeats its identifier and
  /// acknowledges it, or two sides whose identifiers differ by one and that acknowledge each other.
  static func opinion(on conversation: Conversation) -> Opinion {
    guard let talk = Talk(conversation, most: 16, read: BitTorrentTransport.init) else {
      return .no
    }
    let pair = talk.pair { question, answer in
      if question.type == 4 {
        return answer.type == 2 && answer.connection == question.connection
          && answer.acknowledgement == question.sequence
      }
      return question.type == 0 && answer.type != 4
        && (answer.connection == question.connection &+ 1
          || question.connection == answer.connection &+ 1)
        && answer.acknowledgement == question.sequence
    }
    guard let pair, pair.question.message.type == 4 || talk.said.count >= 4 else {
      return .undecided
    }
    return .yes(
      Recognition(
        "bittorrent", .proven,
        grounds: [pair.question.ground("uTP header"), pair.answer.ground("acknowledgement")],
        clientIs: pair.question.message.type == 4 ? pair.question.side : nil))
  }
}
