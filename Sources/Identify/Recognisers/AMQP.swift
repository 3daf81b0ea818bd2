import Flows
import Packets

extension Recogniser {
  /// AMQP: eight bytes of protocol header, then frames (AMQP 0-9-1 section 4.2; AMQP 1.0 part 2).
  static let amqp = Recogniser(
    name: "amqp", title: "Advanced Message Queuing Protocol",
    specification: "AMQP 0-9-1 section 4.2; AMQP 1.0 part 2",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    guard client.beginsAtStart, server.beginsAtStart else { return midstream(conversation) }
    guard let asked = AMQPHeader(client.bytes) else { return .no }
    guard !server.bytes.isEmpty else {
      guard let version = asked.version else { return .undecided }
      return .yes(
        Recognition(
          "amqp", .oneSided, grounds: [Ground(.client, 0, 8, "protocol header")],
          facts: [Fact(.version, version)]))
    }
    var facts: [Fact] = []
    let version = asked.version
    if let version { facts.append(Fact(.version, version)) }
    var isAnswered = false
    if server.bytes.first == 0x41 {
      guard let answered = AMQPHeader(server.bytes) else { return .no }
      isAnswered = answered.version != nil
    } else {
      guard version != nil, !asked.isNew else { return version == nil ? .undecided : .no }
      let run = MessageRun(of: .server, in: conversation, length: AMQPFrame.length)
      guard let first = run.messages.first.map(AMQPFrame.init) else {
        return run.isWrong ? .no : .undecided
      }
      // Connection.Start: class 10, method 10, on channel 0.
      guard first.type == 1, first.channel == 0, first.method == [0, 10, 0, 10] else { return .no }
      isAnswered = true
      facts += first.serverFacts
    }
    guard version != nil else { return .undecided }
    return .yes(
      Recognition(
        "amqp", isAnswered ? .answered : .oneSided,
        grounds: [Ground(.client, 0, 8, "protocol header")]
          + (isAnswered ? [Ground(.server, 0, 8, "answer")] : []),
        facts: facts,
        clientIs: conversation.knowsClient || server.bytes.first != 0x41 ? .client : nil))
  }.orFromFirstBytes

  /// Frames of 0-9-1 or of 1.0 whose ends are where their lengths say, on the sides of a stream whose start was missed.
  private static func midstream(_ conversation: Conversation) -> Opinion {
    let old = frames(conversation, length: AMQPFrame.length) { AMQPFrame($0).type == 1 }
    if case .yes = old { return old }
    let new = frames(conversation, length: AMQPFrame.newLength) { $0.bytes.count > 11 }
    if case .yes = new { return new }
    return old == .no && new == .no ? .no : .undecided
  }

  private static func frames(
    _ conversation: Conversation, length: (inout ByteWalk, Bool) throws(Misfit) -> Int,
    isTelling: (MessageRun.Message) -> Bool
  ) -> Opinion {
    var grounds: [Ground] = []
    var telling = 0
    var count = 0
    var beats = 0
    for side in Side.allCases where !conversation[side].bytes.isEmpty {
      let run = MessageRun(of: side, in: conversation, length: length)
      guard !run.isWrong else { return .no }
      let whole = Array(run.whole)
      telling += whole.count(where: isTelling)
      count += whole.count
      beats += whole.count { $0.bytes.elementsEqual([8, 0, 0, 0, 0, 0, 0, 0xce]) }
      if let first = whole.first { grounds.append(Ground(side, first.offset, 7, "frame header")) }
    }
    // Heartbeats alone tell it where both sides send them again and again (section 4.2.7).
    guard telling > 0 && count >= 2 || beats >= 4 && beats == count && grounds.count == 2 else {
      return .undecided
    }
    return .yes(
      Recognition(
        "amqp", grounds.count == 2 ? .answered : .consistent, grounds: grounds, clientIs: nil))
  }
}

/// The protocol header that a client opens with.
private struct AMQPHeader {
  /// The version; nil when the header is cut.
  var version: String?
  /// Whether it is 1.0.
  var isNew = false

  /// Nil when the bytes are none.
  init?(_ bytes: [UInt8]) {
    guard "AMQP".utf8.starts(with: bytes.prefix(4)) else { return nil }
    guard bytes.count >= 8 else { return }
    switch Array(bytes[4..<8]) {
    case [0, 0, 9, 1]: version = "0-9-1"
    case [1, 1, 0, 9], [1, 1, 9, 1]: version = "0-9"
    case [1, 1, 0, 10]: version = "0-10"
    case [1, 1, 8, 0]: version = "0-8"
    case [0, 1, 0, 0], [2, 1, 0, 0], [3, 1, 0, 0]:
      version = "1.0"
      isNew = true
    default: return nil
    }
  }
}

/// A frame of 0-9-1: type, channel, size, payload, 0xCE.
private struct AMQPFrame {
  let type: UInt8
  let channel: Int
  let payload: ArraySlice<UInt8>
  let isWhole: Bool

  /// Class and method of a method frame.
  var method: [UInt8] { Array(payload.prefix(4)) }

  /// The product that Connection.Start's table names.
  var serverFacts: [Fact] {
    let bytes = Array(payload)
    var facts: [Fact] = []
    for (field, key) in [(Field.server, "product"), (.serverBanner, "version")] {
      let mark = [UInt8(key.utf8.count)] + Array(key.utf8) + [0x53]
      guard let place = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }),
        let length = bytes.bigEndian(at: place + mark.count, 4)
      else { continue }
      let value = bytes.slice(at: place + mark.count + 4, length)
      if value.count == length, value.isText { facts.append(Fact(field, value)) }
    }
    return facts
  }

  /// How long the next frame is, with its head and its end mark.
  static func length(_ walk: inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int {
    let type = try walk.uint8()
    guard [1, 2, 3, 8].contains(type) else { throw .wrong }
    let channel = try walk.uint16()
    let size = try walk.count32(atMost: 1 << 24)
    guard type != 1 || size >= 4, type != 8 || size == 0 && channel == 0 else { throw .wrong }
    // Classes are numbered by tens (and 85, confirm); a header repeats its class and has no weight.
    let start = Array(walk.rest.prefix(min(4, size)))
    if type == 1 || type == 2, start.count == 4 {
      guard start[0] == 0, start[1] % 10 == 0 && (10...120).contains(start[1]) || start[1] == 85,
        type == 1 ? start[2] == 0 && start[3] > 0 : start[2] == 0 && start[3] == 0
      else { throw .wrong }
    }
    if let end = walk.peek(size), end != 0xce { throw .wrong }
    return 8 + size
  }

  /// How long the next frame of 1.0 is (part 2 section 2.3): its size, where its data begins, type, channel, then a
  /// performative, which is a described type with a small number (sections 2.7 and 5.3.3), or nothing.
  static func newLength(_ walk: inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int {
    let size = try walk.count32(atMost: 1 << 24)
    guard size >= 8 else { throw .wrong }
    let offset = Int(try walk.uint8()) * 4
    let type = try walk.uint8()
    guard offset >= 8, offset <= size, type <= 1 else { throw .wrong }
    guard size > offset else { return size }
    try walk.skip(2 + offset - 8)
    try walk.expect([0x00, 0x53])
    guard (type == 0 ? 0x10...0x18 : 0x40...0x44).contains(try walk.uint8()) else { throw .wrong }
    return size
  }

  /// A frame, or the part of it that is there.
  init(_ message: MessageRun.Message) {
    let head = Array(message.bytes.prefix(7))
    type = head.first ?? 0
    channel = head.bigEndian(at: 1, 2) ?? 0
    payload = message.isWhole ? message.bytes.dropFirst(7).dropLast() : message.bytes.dropFirst(7)
    isWhole = message.isWhole
  }
}
