import Packets

@testable import Flows
@testable import Identify

/// What two sides said in turn, written down as text or bytes, for tests.
struct Exchange: Sendable {
  /// One packet.
  struct Saying: Sendable {
    let side: Side
    let bytes: [UInt8]

    static func client(_ text: String) -> Saying { Saying(side: .client, bytes: Array(text.utf8)) }
    static func server(_ text: String) -> Saying { Saying(side: .server, bytes: Array(text.utf8)) }
    static func client(_ bytes: [UInt8]) -> Saying { Saying(side: .client, bytes: bytes) }
    static func server(_ bytes: [UInt8]) -> Saying { Saying(side: .server, bytes: bytes) }
  }

  var transport: Transport
  var said: [Saying]

  init(_ transport: Transport = .tcp, _ said: Saying...) {
    self.transport = transport
    self.said = said
  }

  private init(_ transport: Transport, said: [Saying]) {
    self.transport = transport
    self.said = said
  }

  var conversation: Conversation { Conversation(transport, said.map { ($0.side, $0.bytes) }) }

  /// What the recognisers make of it.
  var identification: Identification { Identification(of: conversation) }

  /// The name that it is given.
  var name: String? { identification.recognition?.application }

  /// What one recogniser thinks of it.
  func opinion(of recogniser: Recogniser) -> Opinion { recogniser.look(conversation) }

  /// The first value of a fact.
  func fact(_ field: Field) -> String? {
    identification.recognition?.facts.first { $0.field == field }?.value
  }

  /// The same with the sides exchanged.
  var reversed: Exchange {
    Exchange(transport, said: said.map { Saying(side: $0.side.opposite, bytes: $0.bytes) })
  }

  /// What only one side said of it.
  func only(_ side: Side) -> Exchange { Exchange(transport, said: said.filter { $0.side == side }) }

  /// The same as a flow whose start was missed and whose client is not known.
  var midstream: Conversation {
    var conversation = conversation
    conversation.client.beginsAtStart = false
    conversation.server.beginsAtStart = false
    conversation.knowsClient = false
    return conversation
  }

  /// The first so many bytes of it, in the order in which they were said.
  func cut(to count: Int) -> Exchange {
    var left = count
    var kept: [Saying] = []
    for saying in said where left > 0 {
      kept.append(Saying(side: saying.side, bytes: Array(saying.bytes.prefix(left))))
      left -= min(left, saying.bytes.count)
    }
    return Exchange(transport, said: kept)
  }

  /// The names, other than the allowed ones, that it gets when it is cut after any byte: both sides in turn, or one
  /// side alone.
  func wrongNamesWhenCut(allowed: Set<String>) -> Set<String> {
    var names: Set<String> = []
    for exchange in [self, only(.client), only(.server)] {
      let bytes = exchange.said.reduce(0) { $0 + $1.bytes.count }
      // A long exchange is cut after every byte of its beginning, then here and there.
      for count in 0...bytes where count <= 600 || count % 61 == 0 || bytes - count <= 64 {
        if let name = exchange.cut(to: count).name, !allowed.contains(name) { names.insert(name) }
      }
    }
    return names
  }
}
