import Packets

extension FlowTable.Entry {
  /// Counts one packet of the flow and keeps what of its payload is kept.
  ///
  /// - Returns: Whether the kept bytes grew, and whether the TCP state changed.
  mutating func take(
    _ packet: Packet, payload: Span<UInt8>, number: Int, time: Timestamp, wireLength: Int,
    isCopy: Bool
  ) -> (grew: Bool, changed: Bool) {
    let side: Side = packet.source == flow.client ? .client : .server
    var counters = flow.counters(side)
    counters.packets += 1
    counters.bytes += wireLength
    flow.last = max(flow.last, time)
    if isCopy {
      flow.duplicates += 1
      store(counters, side)
      return (false, false)
    }
    if packet.isCut { counters.cut += 1 }
    if packet.checksumState == .wrong { counters.wrongChecksums += 1 }
    counters.payloadBytes += packet.payloadLength
    if side == .server || flow.firstPacket.side == .server, side == flow.firstPacket.side.opposite,
      flow.firstAnswer == nil
    {
      flow.firstAnswer = FirstPacket(
        number: number, ip: packet.ip, tcp: packet.tcp, payloadLength: packet.payloadLength,
        side: side)
    }
    var grew = false
    var changed = false
    switch packet.header {
    case .tcp(let header):
      counters.flags |= header.flags.rawValue
      if header.flags.contains(.syn), !header.flags.contains(.ack) { counters.syns += 1 }
      grew = takeSegment(
        header, packet, payload: payload, number: number, time: time, side: side,
        counters: &counters)
      store(counters, side)
      let before = flow.state
      flow.advance(header, from: side, payloadLength: packet.payloadLength)
      changed = flow.state != before
    case .udp:
      grew = takeDatagram(packet, payload: payload, number: number, time: time, side: side)
      store(counters, side)
    }
    return (grew, changed)
  }

  /// Bytes of payload that it holds.
  var held: Int {
    flow.conversation.client.bytes.count + flow.conversation.server.bytes.count
      + client.waitingBytes + server.waitingBytes
  }

  /// At the flow's end: what still waits for lost segments becomes all that is known of its side.
  mutating func settle() {
    _ = client.giveUpWaiting(into: &flow.conversation.client)
    _ = server.giveUpWaiting(into: &flow.conversation.server)
  }

  private mutating func store(_ counters: SideCounters, _ side: Side) {
    if side == .client { flow.clientCounters = counters } else { flow.serverCounters = counters }
  }

  private mutating func takeSegment(
    _ header: TCPHeader, _ packet: Packet, payload: Span<UInt8>, number: Int, time: Timestamp,
    side: Side,
    counters: inout SideCounters
  ) -> Bool {
    var stream = side == .client ? client : server
    defer { if side == .client { client = stream } else { server = stream } }
    // Data in a SYN (RFC 7413) follows the SYN's own sequence number.
    var sequence = header.sequence
    if header.flags.contains(.syn) {
      stream.begin(after: header.sequence)
      sequence &+= 1
    }
    guard packet.payloadLength > 0, !header.flags.contains(.rst) else { return false }
    var outcome = stream.add(
      payload, sequence: sequence, length: packet.payloadLength,
      to: &flow.conversation[keptOf: side])
    if !outcome.isNew { counters.retransmitted += 1 }
    if outcome.isOutOfOrder { counters.outOfOrder += 1 }
    if stream.isFull, flow.conversation[side].bytes.isEmpty,
      stream.giveUpWaiting(into: &flow.conversation[keptOf: side])
    {
      outcome.grew = true
    }
    if outcome.isNew, flow.conversation.turns.count < FlowLimits.turns {
      flow.conversation.turns.append(
        Turn(
          side: side, time: time, packet: number, range: outcome.range, length: packet.payloadLength
        ))
    }
    return outcome.grew
  }

  private mutating func takeDatagram(
    _ packet: Packet, payload: Span<UInt8>, number: Int, time: Timestamp, side: Side
  ) -> Bool {
    guard packet.payloadLength > 0 else { return false }
    let start = flow.conversation[side].bytes.count
    let room = FlowLimits.bytesPerSide - start
    let count = min(payload.count, room)
    flow.conversation[keptOf: side].total += packet.payloadLength
    guard flow.conversation.turns.count < FlowLimits.turns, count > 0 || payload.count == 0 else {
      flow.conversation[keptOf: side].isIncomplete = true
      return false
    }
    flow.conversation[keptOf: side].append(payload, 0..<count)
    if count < packet.payloadLength { flow.conversation[keptOf: side].isIncomplete = true }
    flow.conversation.turns.append(
      Turn(
        side: side, time: time, packet: number, range: start..<start + count,
        length: packet.payloadLength))
    return count > 0
  }
}

extension Conversation {
  /// One side's kept bytes, to be added to.
  fileprivate subscript(keptOf side: Side) -> SideBytes {
    _read { if side == .client { yield client } else { yield server } }
    _modify { if side == .client { yield &client } else { yield &server } }
  }
}

extension Packet {
  fileprivate var tcp: TCPHeader? {
    if case .tcp(let header) = header { header } else { nil }
  }
}
