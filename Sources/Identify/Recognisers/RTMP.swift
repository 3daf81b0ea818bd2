import Flows
import Packets

extension Recogniser {
  /// RTMP: both sides send version 3 and 1,536 bytes, each repeats what the other sent, then `connect` (RTMP 1.0
  /// section 5.2).
  static let rtmp = Recogniser(
    name: "rtmp", title: "Real-Time Messaging Protocol",
    specification: "Adobe RTMP 1.0 sections 5.2 and 7.2.1",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart,
      client.first ?? 3 == 3,
      server.first ?? 3 == 3
    else { return .no }
    let block = 1536
    // The second block repeats the time and, behind the time of reading it, the random bytes of the other side's first.
    func repeats(_ said: [UInt8], _ heard: [UInt8]) -> Bool {
      let own = said.slice(at: 1 + block + 8, 64)
      return own.count == 64 && own.elementsEqual(heard.slice(at: 9, 64))
        && Set(own).count > 1
    }
    let isEchoed = repeats(server, client) || repeats(client, server)
    let command = connect(client.slice(at: 1 + 2 * block, 512))
    if connect(server.slice(at: 1 + 2 * block, 512)) != nil { return .no }
    guard client.count > block || server.count > block else { return .undecided }
    guard isEchoed || command != nil && (server.isEmpty || server.count > block) else {
      // Both blocks of a side there and nothing repeated: players may sign the block instead, then connect follows.
      return client.count > 1 + 2 * block + 512 ? .no : .undecided
    }
    var grounds = [Ground(.client, 0, min(client.count, 1 + block), "C0 and C1")]
    if !server.isEmpty {
      grounds.append(Ground(.server, 0, min(server.count, 1 + 2 * block), "S0 to S2"))
    }
    return .yes(
      Recognition(
        "rtmp", isEchoed ? .proven : server.isEmpty ? .consistent : .answered, grounds: grounds,
        facts: command ?? [],
        clientIs: conversation.knowsClient || command != nil ? .client : nil))
  }.orFromFirstBytes

  /// What the `connect` command tells; nil when it is not there.
  private static func connect(_ bytes: ArraySlice<UInt8>) -> [Fact]? {
    let name: [UInt8] = [2, 0, 7] + Array("connect".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) }),
      start - bytes.startIndex <= 24
    else { return nil }
    let rest = Array(bytes[start...])
    var facts = [Fact(.method, "connect")]
    for (field, key) in [(Field.path, "app"), (.host, "tcUrl"), (.userAgent, "flashVer")] {
      let mark = [0, UInt8(key.utf8.count)] + Array(key.utf8) + [2]
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: mark) }),
        let length = rest.bigEndian(at: place + mark.count, 2)
      else { continue }
      let value = rest.slice(at: place + mark.count + 2, length)
      if value.count == length, value.isText { facts.append(Fact(field, value)) }
    }
    return facts
  }
}
