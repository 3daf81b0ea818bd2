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
      let run = AMQPFrame.run(server.bytes)
      guard let first = run.frames.first else { return run.isSound ? .undecided : .no }
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

  /// Frames of 0-9-1 whose ends are where their lengths say, on both sides of a stream whose start was missed.
  private static func midstream(_ conversation: Conversation) -> Opinion {
    var grounds: [Ground] = []
    var methods = 0
    var frames = 0
    for side in Side.allCases {
      let bytes = conversation[side].bytes
      guard !bytes.isEmpty else { continue }
      let run = AMQPFrame.run(bytes)
      guard run.isSound else { return .no }
      methods += run.frames.count { $0.type == 1 && $0.isWhole }
      frames += run.frames.count(where: \.isWhole)
      if run.frames.contains(where: \.isWhole) {
        grounds.append(Ground(side, 0, 7, "frame header"))
      }
    }
    guard methods > 0, frames >= 2 else { return .undecided }
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

  static func run(_ bytes: [UInt8]) -> (frames: [AMQPFrame], isSound: Bool) {
    var frames: [AMQPFrame] = []
    var position = 0
    while frames.count < 32, position < bytes.count {
      let type = bytes[position]
      guard [1, 2, 3, 8].contains(type) else { return (frames, false) }
      guard let channel = bytes.bigEndian(at: position + 1, 2),
        let size = bytes.bigEndian(at: position + 3, 4)
      else {
        break
      }
      guard size <= 1 << 24, type != 1 || size >= 4, type != 8 || size == 0 && channel == 0 else {
        return (frames, false)
      }
      let payload = bytes.slice(at: position + 7, size)
      // Classes are numbered by tens (and 85, confirm); a header repeats its class and has no weight.
      let start = Array(payload.prefix(4))
      if type == 1 || type == 2, start.count == 4 {
        guard start[0] == 0, start[1] % 10 == 0 && (10...120).contains(start[1]) || start[1] == 85,
          type == 1 ? start[2] == 0 && start[3] > 0 : start[2] == 0 && start[3] == 0
        else { return (frames, false) }
      }
      let end = bytes.slice(at: position + 7 + size, 1).first
      if let end, end != 0xce { return (frames, false) }
      frames.append(AMQPFrame(type: type, channel: channel, payload: payload, isWhole: end != nil))
      position += 8 + size
    }
    return (frames, true)
  }
}
