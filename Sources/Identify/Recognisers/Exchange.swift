import Flows
import Packets

/// What one message shows of a protocol of requests and responses.
struct Saying {
  /// Who says such a thing.
  enum Part {
    case request
    case response
    case either
  }

  /// Who says such a thing.
  var part = Part.either
  /// A value that a response repeats from its request; what both have in common.
  var echo: UInt64?
  /// Whether a checksum was right.
  var isChecked = false
  /// Whether it says enough when nobody answers.
  var isSufficient = false
  /// Whether nobody need answer it.
  var isOneWay = false
  /// Whether two of them with different echoes, said by one side, say enough.
  var isSufficientTwice = false
  /// Whether `echo` is wide enough to prove the protocol by itself, also where the messages are cut.
  var isEchoWide = false
  /// Whether all of the message was there; told by the exchange.
  fileprivate(set) var isWhole = true
  /// The number of the packet that it began in; told by the exchange.
  fileprivate(set) var packet = 0
  /// What it tells the user.
  var facts: [Fact] = []
  /// What it is, in the specification's terms.
  var what = "message"
}

/// The messages of both sides of a protocol whose messages can each be told by themselves, and the judgement on them.
struct Exchange {
  /// What each side says.
  private struct Sayings {
    var client: [Saying] = []
    var server: [Saying] = []

    subscript(side: Side) -> [Saying] {
      get { side == .client ? client : server }
      _modify {
        if side == .client { yield &client } else { yield &server }
      }
    }
  }

  /// How long a message is.
  typealias Length = @Sendable (inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int
  /// What a message shows; nil when it shows nothing. Called for one that is not all there, too.
  typealias Read = @Sendable (MessageRun.Message, Side) throws(Misfit) -> Saying?

  private var sayings = Sayings()
  private var grounds: [Ground] = []
  private var isWrong = false
  /// Whether requests may have gone before the capture began: then answers without them contradict nothing.
  private let mayLackRequests: Bool

  /// Reads the messages of both sides; without `length` each datagram is one. Behind `tolerated` messages of a side other
  /// bytes may follow, as after a change to TLS.
  init(
    _ conversation: borrowing Conversation, tolerated: Int, marker: [UInt8]? = nil, length: Length?,
    read: Read
  ) {
    mayLackRequests = conversation.transport == .udp || !conversation.client.beginsAtStart
    for side in Side.allCases where !isWrong {
      let run = MessageRun(of: side, in: conversation, most: 24, marker: marker) {
        walk, isDatagram throws(Misfit) in
        if let length { try length(&walk, isDatagram) } else { walk.remaining }
      }
      if run.isWrong, run.messages.count < tolerated { isWrong = true }
      var count = 0
      for message in run.messages where !isWrong {
        do throws(Misfit) {
          guard var saying = try read(message, side) else { continue }
          saying.isWhole = message.isWhole || message.isAccounted
          saying.packet = message.packet
          if sayings[side].isEmpty {
            grounds.append(Ground(side, message.offset, min(message.bytes.count, 512), saying.what))
          }
          sayings[side].append(saying)
          count += 1
        } catch {
          let isWrong = error == .wrong || message.isWhole
          self.isWrong = self.isWrong || isWrong && count < tolerated
          if isWrong { break }
        }
      }
    }
  }

  /// The judgement.
  func opinion(_ name: String) -> Opinion {
    let client = sayings.client
    let server = sayings.server
    let all = client + server
    guard !isWrong, !client.contains(where: { $0.part == .response }),
      !server.contains(where: { $0.part == .request })
    else { return .no }
    guard !all.isEmpty else { return .undecided }
    let asked = Set(client.compactMap(\.echo))
    let answered = Set(server.compactMap(\.echo))
    let echoes = asked.intersection(answered)
    if !asked.isEmpty, !answered.isEmpty, echoes.isEmpty, isContradicted { return .no }
    // The beginning of a message fits by chance more easily than the whole of it.
    func isSound(_ sayings: [Saying]) -> Bool {
      sayings.contains { $0.isWhole || $0.isSufficient }
    }
    let strength: Recognition.Strength? =
      if all.contains(where: \.isChecked) || isSound(all) && echoes.contains(where: { $0 != 0 }) {
        .proven
      } else if all.contains(where: { $0.isEchoWide && $0.echo.map(echoes.contains) ?? false }) {
        .proven
      } else if isSound(client), isSound(server) {
        .answered
      } else if all.contains(where: { $0.isOneWay && $0.isSufficient })
        || areSeveral(client) || areSeveral(server)
      {
        .consistent
      } else if all.contains(where: \.isSufficient) {
        .oneSided
      } else {
        nil
      }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    for fact in all.flatMap(\.facts) where !facts.contains(where: { $0.field == fact.field }) {
      facts.append(fact)
    }
    let isDirected = all.contains { $0.part != .either }
    let proof = grounds.map { ground in
      let said = sayings[ground.side]
      var what = ground.what
      if said.contains(where: \.isChecked), !what.contains("sum") { what += ", its checksum right" }
      // An answer is shown by the number that it repeats; where neither side is one, both show it.
      let isAnswer = said.contains { $0.part == .response } || !isDirected
      if isAnswer, echoes.contains(where: { $0 != 0 }) {
        what += isDirected ? ", its request's number repeated" : ", one number on both sides"
      }
      return Ground(ground.side, ground.offset, ground.length, what)
    }
    return .yes(
      Recognition(
        name, strength, grounds: proof, facts: facts, clientIs: isDirected ? .client : nil))
  }
}

extension Exchange {
  /// Whether one of the answers came behind a request: those in front of the first request answer what was not captured.
  private var isContradicted: Bool {
    guard mayLackRequests else { return true }
    let first = sayings.client.lazy.filter { $0.echo != nil }.map(\.packet).min() ?? 0
    return sayings.server.contains { $0.echo != nil && $0.packet >= first }
  }

  /// Whether several messages each say enough, or two different ones are of the kind that says enough in company.
  private func areSeveral(_ sayings: [Saying]) -> Bool {
    if sayings.count(where: { $0.isSufficient && $0.isWhole }) > 1 { return true }
    return Set(sayings.lazy.filter { $0.isSufficientTwice && $0.isWhole }.compactMap(\.echo)).count
      > 1
  }
}

extension Recogniser {
  /// A recogniser of a protocol whose messages can each be told by themselves. Where a stream's start was missed, a
  /// message may be sought by the `marker` that each begins with.
  init(
    name: String, title: String, specification: String, transports: Set<Transport>, basis: Basis,
    tolerated: Int = .max, marker: [UInt8]? = nil, answersMayRepeat: Bool = false,
    length: Exchange.Length? = nil,
    read: @escaping Exchange.Read
  ) {
    self.init(
      name: name, title: title, specification: specification, transports: transports, basis: basis,
      answersMayRepeat: answersMayRepeat
    ) {
      let straight = Exchange($0, tolerated: tolerated, marker: marker, length: length, read: read)
        .opinion(name)
      // The first datagram of a capture may be the answer to one that came before it.
      guard $0.transport == .udp, $0.knowsClient, straight == .no else { return straight }
      return Exchange($0.reversed, tolerated: tolerated, marker: marker, length: length, read: read)
        .opinion(name).turnedBack ?? straight
    }
  }
}

extension Opinion {
  /// A yes to a reversed conversation, told of the conversation as it was, with the client where the protocol shows it.
  fileprivate var turnedBack: Opinion? {
    guard case .yes(var recognition) = self, recognition.clientIs != nil else { return nil }
    recognition.clientIs = .server
    recognition.grounds = recognition.grounds.map {
      Ground($0.side.opposite, $0.offset, $0.length, $0.what)
    }
    return .yes(recognition)
  }
}
