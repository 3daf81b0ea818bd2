import Flows
import Packets

extension Recogniser {
  /// Zabbix: messages behind `ZBXD`, flags and a length; an agent may also be asked in a plain line (Zabbix's header).
  static let zabbix = Recogniser(
    name: "zabbix", title: "Zabbix",
    specification: "Zabbix manual, protocols, header and data length",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let answered = ZabbixMessage(conversation.server.bytes)
    var asked = ZabbixMessage(conversation.client.bytes)
    if asked.isWrong, let line = plainLine(conversation.client.bytes) {
      asked = ZabbixMessage([])
      guard answered.isFound else { return answered.isWrong ? .no : .undecided }
      return .yes(
        Recognition(
          "zabbix", .answered,
          grounds: [Ground(.client, 0, line.count, "item key"), Ground(.server, 0, 13, "header")],
          facts: [Fact(.message, line)]))
    }
    if asked.isWrong || answered.isWrong { return .no }
    guard asked.isFound || answered.isFound else { return .undecided }
    // Who says "response" is the one who was asked.
    if asked.object?["response"] != nil || answered.object?["request"] != nil { return .no }
    var facts: [Fact] = []
    for (field, name) in [(Field.message, "request"), (.from, "host"), (.version, "version")] {
      if let value = asked.object?[name]?.string { facts.append(Fact(field, value)) }
    }
    if let status = answered.object?["response"]?.string { facts.append(Fact(.status, status)) }
    let grounds = [(Side.client, asked), (.server, answered)].filter { $0.1.isFound }
      .map { Ground($0.0, 0, $0.1.headLength, "header") }
    return .yes(
      Recognition(
        "zabbix", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// An item's key alone on a line.
  private static func plainLine(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    var lines = Lines(bytes, most: 2)
    guard let line = lines.next(), line.isText, lines.next() == nil, line.bytes.count <= 2048,
      line.bytes.first.map({ (0x61...0x7a).contains($0) }) ?? false
    else { return nil }
    return line.bytes
  }
}

/// A message of Zabbix.
private struct ZabbixMessage {
  var isWrong = false
  var isFound = false
  var headLength = 13
  var object: JSONObject?

  init(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    guard "ZBXD".utf8.starts(with: bytes.prefix(4)) else {
      isWrong = true
      return
    }
    guard let flags = bytes.slice(at: 4, 1).first else { return }
    // 1 is always set, 2 says compressed, 4 says lengths of eight bytes.
    guard flags & 1 == 1, flags <= 7 else {
      isWrong = true
      return
    }
    let isLarge = flags & 4 != 0
    headLength = isLarge ? 21 : 13
    guard let length = bytes.littleEndian(at: 5, 4), bytes.count >= headLength else { return }
    let high = bytes.slice(at: 9, 4)
    guard length <= 1 << 30,
      flags & 2 != 0 || high.allSatisfy({ $0 == 0 })
    else {
      isWrong = true
      return
    }
    isFound = length > 0
    guard flags & 2 == 0, bytes.slice(at: headLength, 1).first == 0x7b else { return }
    switch JSONObject.read(bytes, at: headLength) {
    case .whole(let object, _), .cut(let object): self.object = object
    case .wrong: isWrong = true
    }
  }
}
