import Flows
import Packets

extension Recogniser {
  /// MQTT 3.1, 3.1.1 and 5: CONNECT from the client, CONNACK from the server, control packets afterwards.
  static let mqtt = Recogniser(
    name: "mqtt", title: "MQTT", specification: "OASIS MQTT 3.1.1 and 5.0 sections 2 and 3",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = conversation.client
    let server = conversation.server
    var connect: MQTTConnect?
    var isPartial = false
    var isMalformed = false
    if client.beginsAtStart, !client.bytes.isEmpty {
      switch MQTTPacket.read(client.bytes, at: 0) {
      case .wrong: return .no
      case .cut: isPartial = true
      case .packet(let packet):
        guard packet.type == 1, MQTTConnect.isBeginning(packet.body) else { return .no }
        connect = MQTTConnect(packet)
        isMalformed = connect == nil && packet.isWhole
        isPartial = connect == nil
      }
    }
    if !client.beginsAtStart, !server.beginsAtStart { return midstream(conversation) }
    var code: UInt8?
    if server.beginsAtStart, !server.bytes.isEmpty {
      switch MQTTPacket.read(server.bytes, at: 0) {
      case .wrong: return .no
      case .cut: break
      case .packet(let packet):
        guard packet.type == 2 else { return .no }
        if packet.body.count >= 2 {
          guard isAcknowledgement(packet, level: connect?.level) else { return .no }
          code = packet.body.dropFirst().first
        }
      }
    }
    // A CONNECT whose parts don't fill it counts only where a server of MQTT took it.
    if isMalformed, code == nil { return .no }
    var grounds: [Ground] = []
    var facts: [Fact] = []
    if let connect {
      grounds.append(Ground(.client, 0, min(client.bytes.count, 12), "CONNECT packet"))
      if !connect.clientID.isEmpty { facts.append(Fact(.clientID, connect.clientID)) }
      if let user = connect.user { facts.append(Fact(.user, user)) }
      if let topic = connect.willTopic { facts.append(Fact(.topic, topic)) }
      facts.append(Fact(.version, connect.version))
    }
    if let code {
      grounds.append(Ground(.server, 0, 4, "CONNACK packet"))
      facts.append(Fact(.status, String(code)))
    }
    switch (connect != nil, code != nil) {
    case (true, true): return .yes(Recognition("mqtt", .answered, grounds: grounds, facts: facts))
    case (true, false):
      return .yes(
        Recognition("mqtt", .oneSided, grounds: grounds, facts: facts, isElaborate: true))
    case (false, true) where isPartial && client.bytes.count >= 12:
      // The CONNECT is cut, behind its name and level.
      return .yes(Recognition("mqtt", .answered, grounds: grounds, facts: facts))
    case (false, true) where client.bytes.isEmpty:
      // A server alone: CONNACK, then answers of several kinds one behind the other.
      guard let packets = run(server.bytes), packets.count(where: \.isWhole) >= 3,
        Set(packets.map(\.type)).count >= 2,
        !packets.dropFirst().contains(where: { [1, 2, 8, 10, 12].contains($0.type) })
      else { return .undecided }
      return .yes(Recognition("mqtt", .oneSided, grounds: grounds, facts: facts))
    default: return .undecided
    }
  }.orFromFirstBytes

  /// Session present and a return code (3.1.1 section 3.2), or a reason code and properties (5 section 3.2).
  private static func isAcknowledgement(_ packet: MQTTPacket, level: UInt8?) -> Bool {
    guard let flags = packet.body.first, let code = packet.body.dropFirst().first, flags <= 1 else {
      return false
    }
    let isOld = packet.length == 2 && code <= 5
    // Version 5 has a property length behind the code; a server may refuse version 5 in the old form.
    let isNew = packet.length >= 3 && (code == 0 || (0x80...0x9f).contains(code))
    switch level {
    case 3, 4: return isOld
    default: return isOld || isNew
    }
  }

  /// A stream whose start was missed: both sides' packets follow one another without a gap, and the one side
  /// acknowledges what the other sent.
  private static func midstream(_ conversation: Conversation) -> Opinion {
    var asked: [MQTTPacket] = []
    var answered: [MQTTPacket] = []
    for side in Side.allCases {
      let bytes = conversation[side].bytes
      guard !bytes.isEmpty else { continue }
      let packets = run(bytes)
      guard let packets else { return .no }
      if side == .client { asked = packets } else { answered = packets }
    }
    // PINGREQ, SUBSCRIBE and UNSUBSCRIBE come from a client only, their answers from a server only.
    guard !asked.contains(where: { [2, 9, 11, 13].contains($0.type) }),
      !answered.contains(where: { [1, 8, 10, 12, 14].contains($0.type) && $0.type != 14 })
    else { return .no }
    let answers: [UInt8: UInt8] = [8: 9, 10: 11, 3: 4]
    let isEchoed = asked.contains { packet in
      guard let reply = answers[packet.type], let identifier = identifier(packet) else {
        return false
      }
      return answered.contains { $0.type == reply && $0.identifier == identifier }
    }
    let pings = asked.count { $0.type == 12 }
    let pongs = answered.count { $0.type == 13 }
    let topics = [asked, answered].map { packets in
      packets.compactMap(\.topic).filter(\.isPrintableASCII)
    }
    let isStream = topics.contains { $0.count >= 4 }
    guard isEchoed || pings >= 2 && pongs >= 2 || isStream else { return .undecided }
    if !isEchoed, isStream {
      let side: Side = topics[0].count >= 4 ? .client : .server
      return .yes(
        Recognition(
          "mqtt", .consistent,
          grounds: [
            Ground(side, 0, (side == .client ? asked : answered).first?.end ?? 0, "PUBLISH packets")
          ],
          facts: topics.joined().first.map { [Fact(.topic, $0)] } ?? [], clientIs: nil))
    }
    var facts: [Fact] = []
    if let topic = (asked + answered).lazy.compactMap(\.topic).first {
      facts.append(Fact(.topic, topic))
    }
    return .yes(
      Recognition(
        "mqtt", isEchoed ? .proven : .answered,
        grounds: [
          Ground(.client, 0, asked.first?.end ?? 0, "control packet"),
          Ground(.server, 0, answered.first?.end ?? 0, "its acknowledgement"),
        ], facts: facts))
  }

  /// The identifier of a packet that asks for an acknowledgement.
  private static func identifier(_ packet: MQTTPacket) -> UInt16? {
    guard packet.type == 3 else { return packet.identifier }
    guard packet.flags & 6 != 0, let topic = packet.topic else { return nil }
    let rest = packet.body.dropFirst(2 + topic.count)
    guard rest.count >= 2 else { return nil }
    return UInt16(rest[rest.startIndex]) << 8 | UInt16(rest[rest.startIndex + 1])
  }

  private static func run(_ bytes: [UInt8]) -> [MQTTPacket]? {
    var packets: [MQTTPacket] = []
    var offset = 0
    while packets.count < 64, offset < bytes.count {
      switch MQTTPacket.read(bytes, at: offset) {
      case .wrong: return nil
      case .cut: return packets
      case .packet(let packet):
        if packet.type == 3, packet.isWhole, packet.topic == nil { return nil }
        packets.append(packet)
        guard packet.isWhole else { return packets }
        offset = packet.end
      }
    }
    return packets
  }
}
