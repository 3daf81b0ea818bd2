import Packets

extension PacketRecord {
  /// The record as `icwscan.record` = `packet`.
  public var json: JSONValue {
    var record = ECS.record(
      .packet, at: time, digits: origin.digits,
      event: ["kind": "event", "category": ["network"], "type": ["info"]])
    var own = ECS.own(.packet)
    var packet: JSONObject = [
      "number": .int(number), "captured": .int(frame.count), "length": .int(length),
      "link_type": .string(LayerWords.of(link)),
    ]
    switch content {
    case .packet(let content):
      record["source"] = .object(ECS.end(content.source))
      record["destination"] = .object(ECS.end(content.destination))
      record["network"] = .object(
        ECS.network(content.transport, content.source, content.destination, path: content.path))
      add(content, to: &packet)
    case .error(let error):
      record["source"] = .object(["ip": .string(error.reporter.description)])
      record["destination"] = .object(["ip": .string(error.destination.description)])
      record["network"] = .object(
        ECS.network(
          error.transport, error.quotedSource, error.quotedDestination, path: error.path))
      packet["icmp"] = .object(error.json)
      packet["quoted"] = .object([
        "source": .object(ECS.end(error.quotedSource)),
        "destination": .object(ECS.end(error.quotedDestination)),
      ])
    }
    ECS.place(origin, in: &record)
    packet["event"] = event.map { .string(Base64.text($0)) }
    own["packet"] = .object(packet)
    own["member"] = origin.member.map(JSONValue.bytes)
    record["icwscan"] = .object(own)
    return .object(record)
  }

  private func add(_ content: Packet, to packet: inout JSONObject) {
    packet["payload_length"] = .int(content.payloadLength)
    packet["hop_limit"] = .int(Int(content.ip.hopLimit))
    packet["identification"] = content.ip.identification.map { .int(Int($0)) }
    packet["reassembled"] = content.ip.reassembled ? true : nil
    packet["path"] =
      content.path.isEmpty ? nil : .array(content.path.map { .string(LayerWords.of($0)) })
    guard case .tcp(let header) = content.header else { return }
    packet["tcp"] = .object([
      "flags": .array(header.flags.names.map(JSONValue.string)),
      "sequence": .int(Int(header.sequence)),
      "acknowledgement": header.flags.contains(.ack) ? .int(Int(header.acknowledgement)) : nil,
      "window": .int(Int(header.window)),
    ])
  }
}

extension TCPFlags {
  /// The flags in the order of their bits, with their names.
  static let named: [(flag: TCPFlags, name: String)] = [
    (.fin, "fin"), (.syn, "syn"), (.rst, "rst"), (.psh, "psh"), (.ack, "ack"), (.urg, "urg"),
    (.ece, "ece"), (.cwr, "cwr"), (.ae, "ae"),
  ]

  /// The names of those that are set.
  var names: [String] { Self.named.filter { contains($0.flag) }.map(\.name) }
}
