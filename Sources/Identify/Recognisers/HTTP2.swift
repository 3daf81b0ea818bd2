import Flows
import Packets

extension Recogniser {
  /// HTTP/2 in the clear: the client's preface, then frames, SETTINGS first, on both sides (RFC 9113 section 3.4).
  static let http2 = Recogniser(
    name: "http2", title: "HTTP/2", specification: "RFC 9113 sections 3.4, 4.1 and 6",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    guard let session = HTTP2Session(conversation) else { return .no }
    guard let strength = session.strength else { return .undecided }
    return .yes(
      Recognition(
        "http2", strength, grounds: session.grounds, facts: session.facts(of: conversation),
        refines: session.isUpgraded ? "http" : nil,
        clientIs: session.knowsClient ? .client : nil))
  }.orFromFirstBytes

  /// gRPC: HTTP/2 whose requests have the media type `application/grpc` (the project's "gRPC over HTTP2").
  static let grpc = Recogniser(
    name: "grpc", title: "gRPC", specification: "gRPC over HTTP2; RFC 9113; RFC 7541",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    guard let session = HTTP2Session(conversation) else { return .no }
    guard let strength = session.strength else { return .undecided }
    let facts = session.facts(of: conversation)
    let isCall = session.types(of: conversation).contains { type in
      let rest = type.dropFirst("application/grpc".utf8.count)
      return type.hasPrefix("application/grpc")
        && (rest.isEmpty || rest.first == "+" || rest.first == ";")
    }
    guard isCall else { return .undecided }
    return .yes(
      Recognition(
        "grpc", strength, grounds: session.grounds, facts: facts, refines: "http2",
        clientIs: session.knowsClient ? .client : nil))
  }.orFromFirstBytes
}

/// The frames of a conversation that may be HTTP/2.
struct HTTP2Session {
  private var clientFrames: [HTTP2Frame] = []
  private var serverFrames: [HTTP2Frame] = []
  /// How much speaks for HTTP/2; nil when more bytes are needed.
  private(set) var strength: Recognition.Strength?
  /// Whether HTTP/1.1 led to it.
  private(set) var isUpgraded = false
  /// Whether the preface shows who is the client.
  private(set) var knowsClient = true
  /// The bytes that it rests on.
  private(set) var grounds: [Ground] = []

  /// The client's connection preface (RFC 9113 section 3.4).
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  /// The frames; nil when the bytes contradict HTTP/2.
  init?(_ conversation: Conversation) {
    if conversation.client.beginsAtStart,
      case .found(_, let head) = HTTPSide(requestIn: conversation)
    {
      guard noteUpgrade(conversation, head) else { return nil }
      return
    }
    let client = conversation.client
    let server = conversation.server
    var hasPreface = false
    if client.beginsAtStart, !client.bytes.isEmpty {
      let preface = client.bytes.prefix(Self.preface.count)
      guard Self.preface.starts(with: preface) else { return nil }
      hasPreface = preface.count == Self.preface.count
      if hasPreface {
        let chain = HTTP2Frame.chain(client.bytes, at: Self.preface.count)
        clientFrames = chain.frames
        // A client's first frame is SETTINGS (RFC 9113 section 3.4).
        if clientFrames.isEmpty ? !chain.isSound : !Self.isOpening(clientFrames, client.bytes) {
          return nil
        }
        grounds.append(Ground(.client, 0, Self.preface.count, "connection preface"))
      }
    }
    var hasAnswer = false
    if server.beginsAtStart, !server.bytes.isEmpty {
      let chain = HTTP2Frame.chain(server.bytes, at: 0)
      serverFrames = chain.frames
      if serverFrames.isEmpty ? !chain.isSound : !Self.isOpening(serverFrames, server.bytes) {
        return nil
      }
      hasAnswer = !serverFrames.isEmpty
      if hasAnswer { grounds.append(Ground(.server, 0, 9, "SETTINGS frame")) }
    }
    switch (hasPreface, hasAnswer) {
    case (true, true): strength = .answered
    case (true, false): strength = clientFrames.isEmpty ? nil : .oneSided
    case (false, true):
      // Only a server's frames: its own SETTINGS and at least two more that keep the rules.
      let isRun = serverFrames.count >= 3 && HTTP2Frame.chain(server.bytes, at: 0).isSound
      strength = isRun && serverFrames.allSatisfy(\.isKnown) ? .consistent : nil
    case (false, false): noteRun(conversation)
    }
  }

  private static func isOpening(_ frames: [HTTP2Frame], _ bytes: [UInt8]) -> Bool {
    guard let first = frames.first else { return true }
    return first.isOwnSettings && first.length <= 6 * 64 && first.hasSoundSettings(bytes)
  }

  /// `Upgrade: h2c` and HTTP2-Settings, answered by 101 and frames (RFC 7540 section 3.2).
  private mutating func noteUpgrade(_ conversation: Conversation, _ head: HTTPHead) -> Bool {
    guard head.lists("h2c", in: "upgrade"), head["http2-settings"] != nil else { return false }
    guard case .found(let line, let answer) = HTTPSide(responseIn: conversation) else {
      return !HTTPSide(responseIn: conversation).isWrong
    }
    guard line.status == 101, answer.lists("h2c", in: "upgrade") else { return false }
    isUpgraded = true
    guard answer.isWhole else { return true }
    let bytes = conversation.server.bytes
    let chain = HTTP2Frame.chain(bytes, at: answer.end)
    serverFrames = chain.frames
    guard chain.isSound || !serverFrames.isEmpty, Self.isOpening(serverFrames, bytes) else {
      return false
    }
    guard !serverFrames.isEmpty else { return true }
    grounds = [
      Ground(.server, 0, answer.startLine.count, "switching protocols"),
      Ground(.server, answer.end, 9, "SETTINGS frame"),
    ]
    strength = .answered
    return true
  }

  /// Frames in a stream whose start was missed: on both sides several that end where the next begins, of one request or of a
  /// ping that came back.
  private mutating func noteRun(_ conversation: Conversation) {
    knowsClient = false
    for side in Side.allCases where !conversation[side].beginsAtStart {
      let bytes = conversation[side].bytes
      for start in conversation.turns.filter({ $0.side == side }).prefix(32).map(\.range.lowerBound)
      {
        let chain = HTTP2Frame.chain(bytes, at: start)
        guard chain.isSound, !chain.frames.isEmpty, chain.frames.allSatisfy(\.isKnown) else {
          continue
        }
        if side == .client { clientFrames = chain.frames } else { serverFrames = chain.frames }
        grounds.append(Ground(side, start, 9, "frame header"))
        break
      }
    }
    let all = clientFrames + serverFrames
    let asked = Set(clientFrames.lazy.filter { $0.type == HTTP2Frame.headers }.map(\.stream))
    let isAnswered = serverFrames.contains {
      $0.type == HTTP2Frame.headers && asked.contains($0.stream) && $0.stream % 2 == 1
    }
    let isRun = clientFrames.count >= 3 && serverFrames.count >= 3
    guard grounds.count == 2, all.count >= 4, Set(all.map(\.type)).count >= 2,
      isAnswered || hasEcho(conversation)
        || isRun && all.contains(where: { $0.type == HTTP2Frame.headers || $0.type == 6 })
    else {
      grounds = []
      return
    }
    strength = isAnswered || hasEcho(conversation) ? .answered : .consistent
  }

  /// Whether a ping came back with its eight bytes (RFC 9113 section 6.7).
  private func hasEcho(_ conversation: Conversation) -> Bool {
    func pings(_ frames: [HTTP2Frame], _ bytes: [UInt8], answer: UInt8) -> Set<ArraySlice<UInt8>> {
      Set(
        frames.lazy.filter { $0.type == 6 && $0.flags & 1 == answer }
          .map { bytes.slice(at: $0.offset + HTTP2Frame.headerLength, 8) })
    }
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    return !pings(clientFrames, client, answer: 0).isDisjoint(
      with: pings(serverFrames, server, answer: 1))
      || !pings(serverFrames, server, answer: 0).isDisjoint(
        with: pings(clientFrames, client, answer: 1))
  }

  /// The media types of the requests that were seen.
  func types(of conversation: Conversation) -> [String] {
    fields(in: conversation.client.bytes, clientFrames).filter { $0.name == "content-type" }
      .map(\.value)
  }

  /// What the first request and response tell.
  func facts(of conversation: Conversation) -> [Fact] {
    var facts: [Fact] = []
    let asked = fields(in: conversation.client.bytes, clientFrames)
    let answered = fields(in: conversation.server.bytes, serverFrames)
    func note(_ field: Field, _ name: String, in fields: [HPACK.HeaderField]) {
      guard let found = fields.first(where: { $0.name == name }), !found.value.isEmpty else {
        return
      }
      facts.append(Fact(field, found.value))
    }
    note(.method, ":method", in: asked)
    note(.host, ":authority", in: asked)
    note(.path, ":path", in: asked)
    note(.userAgent, "user-agent", in: asked)
    note(.status, ":status", in: answered)
    note(.server, "server", in: answered)
    note(.contentType, "content-type", in: answered)
    if isUpgraded { facts.append(Fact(.upgrade, "h2c")) }
    let path = asked.first { $0.name == ":path" }?.value
    let claimed = HTTPProduct.product(in: answered.map { ($0.name, Array($0.value.utf8)) })
    if let product = path.flatMap(HTTPProduct.product(ofService:)) ?? claimed?.name {
      facts.append(Fact(.product, product))
    }
    return facts
  }

  private func fields(in bytes: [UInt8], _ frames: [HTTP2Frame]) -> [HPACK.HeaderField] {
    // In a stream whose start was missed the compression state is not known.
    guard knowsClient else { return [] }
    var decoder = HPACK()
    return frames.compactMap { $0.headerBlock(bytes) }.prefix(4)
      .flatMap { decoder.fields(of: $0) }
  }
}
