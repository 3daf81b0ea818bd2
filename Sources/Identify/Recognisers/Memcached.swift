import Flows
import Packets

extension Recogniser {
  /// Memcached: commands and answers in lines, or in its binary form with a header of 24 bytes; over UDP behind a
  /// header of eight (memcached's protocol.txt and binary protocol).
  static let memcached = Recogniser(
    name: "memcached", title: "Memcached",
    specification: "memcached's protocol.txt; BinaryProtocolRevamped",
    transports: [.tcp, .udp], basis: [.built, .corpus]
  ) { conversation in
    if conversation.transport == .udp { return datagrams(conversation) }
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    if client.first == MemcachedHeader.request { return binary(client, server) }
    return text(client, server, at: 0, firstSpeaker: conversation.firstSpeaker)
  }.orFromFirstBytes

  private static func binary(_ client: [UInt8], _ server: [UInt8]) -> Opinion {
    switch (MemcachedHeader.read(client, .client), MemcachedHeader.read(server, .server)) {
    case (.wrong, _), (_, .wrong): return .no
    case (.whole(let request), .whole(let response)):
      guard request.operation == response.operation || request.isQuiet else { return .no }
      guard request.opaque == response.opaque || request.isQuiet else { return .no }
      return .yes(
        Recognition(
          "memcached", .proven,
          grounds: [
            Ground(.client, 0, 24, "request header"), Ground(.server, 0, 24, "response header"),
          ],
          facts: facts(request, client)))
    case (.whole(let request), .cut):
      // One header alone is 24 bytes that fit; a second one behind it makes it sure.
      guard case .whole = MemcachedHeader.read(client, .client, at: 24 + request.body) else {
        return .undecided
      }
      return .yes(
        Recognition(
          "memcached", .consistent, grounds: [Ground(.client, 0, 24, "request header")],
          facts: facts(request, client)))
    default: return .undecided
    }
  }

  private static func facts(_ header: MemcachedHeader, _ bytes: [UInt8]) -> [Fact] {
    var facts = [Fact(.dialect, "binary")]
    // HELO, SELECT_BUCKET and GET_CLUSTER_CONFIG are Couchbase's additions (kv_engine, BinaryProtocol.md).
    if [0x1f, 0x89, 0xb5].contains(header.operation) { facts.append(Fact(.product, "Couchbase")) }
    if header.key > 0 {
      facts.append(Fact(.topic, bytes.slice(at: 24 + header.extras, header.key)))
    }
    return facts
  }

  private static func text(
    _ client: [UInt8], _ server: [UInt8], at offset: Int, firstSpeaker: Side?
  ) -> Opinion {
    let command = MemcachedCommand(client)
    let answer = MemcachedAnswer(server)
    if command.isWrong || answer.isWrong || firstSpeaker == .server { return .no }
    guard let name = command.name else { return .undecided }
    guard let word = answer.word else {
      guard command.isStored, server.isEmpty else { return .undecided }
      return .yes(
        Recognition(
          "memcached", .oneSided,
          grounds: [Ground(.client, offset, command.length, "storage command")],
          facts: command.facts))
    }
    guard MemcachedAnswer.answers(word, to: name) else { return .no }
    return .yes(
      Recognition(
        "memcached", .answered,
        grounds: [
          Ground(.client, offset, command.length, "command"),
          Ground(.server, offset, answer.length, "answer"),
        ], facts: command.facts + answer.facts))
  }

  /// UDP: request identifier, sequence number, number of datagrams, zero; then the text protocol.
  private static func datagrams(_ conversation: Conversation) -> Opinion {
    guard let asked = conversation.datagrams(from: .client).first else { return .no }
    let request = asked.bytes
    guard request.count > 8 else { return .undecided }
    guard request[2...7].elementsEqual([0, 0, 0, 1, 0, 0]) else { return .no }
    let command = MemcachedCommand(Array(request[8...]))
    guard !command.isWrong else { return .no }
    guard let name = command.name else { return .undecided }
    guard let answered = conversation.datagrams(from: .server).first else { return .undecided }
    let response = answered.bytes
    guard response.count > 8 else { return .undecided }
    guard response[0..<2] == request[0..<2], response[6] == 0, response[7] == 0 else { return .no }
    let answer = MemcachedAnswer(Array(response[8...]))
    guard !answer.isWrong else { return .no }
    guard let word = answer.word, MemcachedAnswer.answers(word, to: name) else { return .undecided }
    return .yes(
      Recognition(
        "memcached", .proven,
        grounds: [Ground(.client, 0, 8, "frame header"), Ground(.server, 0, 8, "frame header")],
        facts: command.facts + answer.facts))
  }
}

/// The header of the binary form.
private struct MemcachedHeader {
  let operation: UInt8
  let key: Int
  let extras: Int
  let body: Int
  let opaque: ArraySlice<UInt8>

  static let request: UInt8 = 0x80
  static let response: UInt8 = 0x81

  enum Outcome {
    case whole(MemcachedHeader)
    case cut
    case wrong
  }

  /// Operations that are answered only when they fail.
  var isQuiet: Bool {
    [0x09, 0x0d].contains(operation) || (0x11...0x1a).contains(operation) || operation == 0x1e
      || operation == 0x24
  }

  static func read(_ bytes: [UInt8], _ side: Side, at offset: Int = 0) -> Outcome {
    guard let magic = bytes.slice(at: offset, 1).first else { return .cut }
    guard magic == (side == .client ? request : response) else { return .wrong }
    guard let operation = bytes.slice(at: offset + 1, 1).first else { return .cut }
    guard operation <= 0x48 || operation == 0x89 || operation == 0xb5 else { return .wrong }
    guard let key = bytes.bigEndian(at: offset + 2, 2),
      let sizes = bytes.bigEndian(at: offset + 4, 2),
      let status = bytes.bigEndian(at: offset + 6, 2),
      let body = bytes.bigEndian(at: offset + 8, 4),
      bytes.count - offset >= 24
    else { return .cut }
    let extras = sizes >> 8
    guard key <= 250, extras <= 20, sizes & 255 <= 7, body >= key + extras, body <= 1 << 27,
      side == .client ? status <= 1024 : status <= 0x86
    else { return .wrong }
    return .whole(
      MemcachedHeader(
        operation: operation, key: key, extras: extras, body: body,
        opaque: bytes.slice(at: offset + 12, 4)))
  }
}
