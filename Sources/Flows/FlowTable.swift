public import Packets

/// Packets to flows: who is client, how far the handshake got, what both sides said first. Bounded in everything.
public struct FlowTable: Sendable {
  /// Flows that made room for others because the table was full.
  public private(set) var evicted = 0
  /// Flows begun, those known only from ICMP errors not counted.
  public private(set) var begun = 0
  /// ICMP errors about flows that are not in the capture, by quoted flow.
  public private(set) var orphans: [OrphanError] = []
  /// ICMP errors that found no place in `orphans`.
  public private(set) var orphansUncounted = 0

  let timeouts: FlowTimeouts
  private let limit: Int
  private let mostBytes: Int
  /// Bytes of payload that the open flows hold.
  private(set) var held = 0
  private var slots: [Entry] = []
  private var free: [Int] = []
  private var index: [FlowKey: Int] = [:]
  private var lanes = FlowLanes()
  /// Ends that are, or were, in use in several lanes at a time; at most `mostSplit`.
  private var split: Set<FlowKey> = []
  private static let mostSplit = 65_536
  private var orphanIndex: [FlowKey: Int] = [:]
  /// Recency of flows that carried payload, and of those that did not: a flood of bare SYNs must not push out
  /// conversations.
  private var talking = RecencyList()
  private var silent = RecencyList()
  private var recent = RecentPackets()
  private var ended: [EndedFlow] = []
  private var ordinal = 0
  /// As many as were held when closed flows were last ended to hold less.
  private var heldBefore = 0

  /// A flow with what only the table needs of it.
  struct Entry: Sendable {
    var flow: Flow
    /// The lane of its key.
    var lane: UInt32
    var client = SideStream()
    var server = SideStream()
    var link = RecencyList.Link()
    var isUsed = true
  }

  /// An empty table for at most `limit` flows at a time, which hold `bytes` of payload at most.
  public init(
    timeouts: FlowTimeouts = FlowTimeouts(), limit: Int = FlowLimits.flows,
    bytes: Int = FlowLimits.bytesInAll
  ) {
    mostBytes = bytes
    self.timeouts = timeouts
    self.limit = max(1, limit)
  }

  /// How many flows are open.
  public var count: Int { index.count }

  /// An open flow by its place.
  public subscript(slot: Int) -> Flow { slots[slot].flow }

  /// Places of all open flows, in no order.
  public var openSlots: some Sequence<Int> { index.values }

  /// Counts a packet and takes its payload into its flow.
  ///
  /// - Parameters:
  ///   - packet: The decoded packet.
  ///   - payload: Its captured payload.
  ///   - number: Its number in the capture, from 1.
  ///   - time: When it was captured.
  ///   - link: The link type of its frame.
  ///   - wireLength: The frame's length on the wire, for the byte counters.
  ///   - interface: Where it was captured, to tell copies.
  public mutating func note(
    _ packet: Packet, payload: Span<UInt8>, number: Int, time: Timestamp, link: LinkType,
    wireLength: Int, interface: Int = 0
  ) -> FlowChange {
    var key = FlowKey(packet.source, packet.destination, packet.transport)
    if !split.isEmpty { key = laned(key, packet.path) }
    let isCopy = recent.isCopy(packet, at: time, interface: interface)
    var isNew = false
    var slot: Int
    if let known = index[key] {
      slot = known
      if !isCopy, let lane = lane(beside: known, for: packet, at: time) {
        slot = begin(
          packet, key: FlowKey(packet.source, packet.destination, packet.transport, lane: lane),
          number: number, time: time, link: link)
        isNew = true
      } else if !isCopy, isOver(slots[known].flow, for: packet, at: time) {
        end(known, slots[known].flow.isFinal ? .closed : .idle, at: time)
        slot = begin(packet, key: key, number: number, time: time, link: link)
        isNew = true
      }
    } else {
      slot = begin(packet, key: key, number: number, time: time, link: link)
      isNew = true
    }
    let hadPayload = slots[slot].flow.hasPayload
    let before = slots[slot].held
    let (grew, changed) = slots[slot].take(
      packet, payload: payload, number: number, time: time, wireLength: wireLength, isCopy: isCopy)
    touch(slot, movedFromSilent: !hadPayload && slots[slot].flow.hasPayload, isNew: isNew)
    held += slots[slot].held - before
    while held > mostBytes, let oldest = talking.oldest, oldest != slot { evict(oldest) }
    return FlowChange(
      slot: slot, isNew: isNew, grew: grew, stateChanged: changed, isDuplicate: isCopy)
  }

  /// Counts an ICMP error for the flow that it quotes, or keeps it as one without a flow.
  ///
  /// - Returns: The flow's place, or nil when its packets are not in the capture.
  public mutating func note(_ error: ICMPError, number: Int, time: Timestamp) -> Int? {
    let key = laned(
      FlowKey(error.quotedSource, error.quotedDestination, error.transport), error.path)
    if let slot = index[key] {
      slots[slot].flow.icmpErrors += 1
      if slots[slot].flow.firstICMPError == nil { slots[slot].flow.firstICMPError = error }
      return slot
    }
    if let known = orphanIndex[key] {
      orphans[known].count += 1
      orphans[known].last = max(orphans[known].last, time)
    } else if orphans.count < FlowLimits.orphans {
      ordinal += 1
      orphanIndex[key] = orphans.count
      orphans.append(OrphanError(error: error, first: time, packet: number, number: ordinal))
    } else {
      orphansUncounted += 1
    }
    return nil
  }

  /// Whether what the sender says from here on may still be kept, in this flow or in one that continues another capture's.
  public func keepsMore(_ slot: Int, from sender: Endpoint) -> Bool {
    let flow = slots[slot].flow
    let side: Side = sender == flow.client ? .client : .server
    return flow.conversation[side].bytes.count < FlowLimits.bytesPerSide
      && (flow.transport == .tcp || flow.conversation.turns.count < FlowLimits.turns)
  }

  /// The ordinal of the ICMP errors that quote the same flow as this one; nil when they are not kept.
  public func orphanNumber(of error: ICMPError) -> Int? {
    let key = laned(
      FlowKey(error.quotedSource, error.quotedDestination, error.transport), error.path)
    return orphanIndex[key].map { orphans[$0].number }
  }

  /// Ends every flow that has been silent too long at `now`, in the order in which they began: what later ones are told
  /// of earlier ones must not hang on how a table is walked.
  public mutating func expire(at now: Timestamp) {
    let idle = index.values.filter { isIdle(slots[$0].flow, at: now) }
    for slot in idle.sorted(by: { slots[$0].flow.number < slots[$1].flow.number }) {
      end(slot, slots[slot].flow.isFinal ? .closed : .idle, at: now)
    }
  }

  /// Ends closed flows before their time, the one that was silent longest first, where open and closed ones hold more
  /// than `most` bytes: only as much as half of that is held then, if closed ones can give so much back.
  ///
  /// What comes so late for such a flow that it was ended is a flow of its own. Those without payload stay: they hold
  /// next to nothing, and what they are may show by others that come later.
  public mutating func endClosed(holding most: Int) {
    heldBefore = min(heldBefore, held)
    guard held > most, held - heldBefore >= most / 4 else { return }
    let closed = index.values.filter { slots[$0].flow.isFinal && slots[$0].flow.hasPayload }.sorted
    { one, other in
      let (first, second) = (slots[one].flow, slots[other].flow)
      return (first.last, first.number) < (second.last, second.number)
    }
    var left = held
    let given = closed.prefix { slot in
      defer { left -= slots[slot].held }
      return left > most / 2
    }
    for slot in given.sorted(by: { slots[$0].flow.number < slots[$1].flow.number }) {
      end(slot, .closed)
    }
    heldBefore = held
  }

  /// Ends every flow: the capture is over; `time` is that of its last frame, nil when it is not known.
  public mutating func finish(at time: Timestamp? = nil) {
    for slot in slotsByAge {
      close(slot, at: time)
    }
  }

  /// Ends one open flow at the end of the capture; `time` is that of its last frame, nil when it is not known.
  public mutating func close(_ slot: Int, at time: Timestamp? = nil) {
    guard slots.indices.contains(slot), slots[slot].isUsed else { return }
    end(slot, slots[slot].flow.isFinal ? .closed : .captureEnd, at: time)
  }

  /// Places of all open flows, the one that began first in front.
  public var slotsByAge: [Int] {
    index.values.sorted { slots[$0].flow.number < slots[$1].flow.number }
  }

  /// Ends the open flow at `slot` to make room; nothing where none is open there.
  public mutating func evict(_ slot: Int) {
    guard slots.indices.contains(slot), slots[slot].isUsed else { return }
    evicted += 1
    end(slot, .evicted)
  }

  /// The flows that ended since the last call, in the order of their ends.
  public mutating func takeEnded() -> [EndedFlow] {
    defer { ended.removeAll(keepingCapacity: true) }
    return ended
  }

  /// The ICMP errors without a flow since the last call; later errors about the same flow begin anew.
  public mutating func takeOrphans() -> [OrphanError] {
    defer {
      orphans = []
      orphanIndex = [:]
    }
    return orphans
  }

  private func isIdle(_ flow: borrowing Flow, at now: Timestamp) -> Bool {
    now.nanoseconds(since: flow.last) > timeouts.limit(flow)
  }

  private func isOver(_ flow: borrowing Flow, for packet: borrowing Packet, at time: Timestamp)
    -> Bool
  {
    if isIdle(flow, at: time) { return true }
    // Captures are put one behind another in any order, too. A frame may have no time at all.
    if time.nanoseconds > 0, flow.first.nanoseconds(since: time) > timeouts.limit(flow) {
      return true
    }
    guard case .tcp(let header) = packet.header else { return false }
    return flow.isReplaced(by: header, from: packet.source)
  }

  /// The same ends in the lane of what came this way, where they are in use in several.
  private func laned(_ key: FlowKey, _ path: [Encapsulation]) -> FlowKey {
    guard split.contains(key) else { return key }
    let lane = lanes.lane(of: path)
    return lane > 0 ? FlowKey(key.low, key.high, key.transport, lane: lane) : key
  }

  /// The lane of a connection that begins under another tag while the one at `slot` goes on; nil where it does not.
  private mutating func lane(
    beside slot: Int, for packet: borrowing Packet, at time: Timestamp
  ) -> UInt32? {
    // Of who sent the other SYN alone it is known which tag his side bears.
    guard case .tcp(let header) = packet.header, header.flags.contains(.syn),
      slots[slot].flow.ground == .syn, packet.source == slots[slot].flow.client,
      !slots[slot].flow.isFinal, slots[slot].flow.path != packet.path,
      slots[slot].flow.isReplaced(by: header, from: packet.source),
      !isIdle(slots[slot].flow, at: time)
    else { return nil }
    let key = FlowKey(packet.source, packet.destination, packet.transport)
    guard split.count < Self.mostSplit || split.contains(key) else { return nil }
    let lane = lanes.open(packet.path, beside: slots[slot].flow.path)
    guard lane > 0 else { return nil }
    split.insert(key)
    return lane
  }

  private mutating func begin(
    _ packet: Packet, key: FlowKey, number: Int, time: Timestamp, link: LinkType
  ) -> Int {
    if index.count >= limit, let oldest = silent.oldest ?? talking.oldest {
      evicted += 1
      end(oldest, .evicted, at: time)
    }
    begun += 1
    ordinal += 1
    let entry = Entry(
      flow: Flow(
        number: ordinal, beginningWith: packet, packetNumber: number, time: time, link: link),
      lane: key.lane)
    let slot: Int
    if let reused = free.popLast() {
      slots[reused] = entry
      slot = reused
    } else {
      slots.append(entry)
      slot = slots.count - 1
    }
    index[key] = slot
    return slot
  }

  private mutating func end(_ slot: Int, _ reason: FlowEnd, at time: Timestamp? = nil) {
    held -= slots[slot].held
    slots[slot].settle()
    var flow = slots[slot].flow
    flow.end = reason
    flow.watchedUntil = time.map { max($0, flow.last) }
    flow.conversation.isFinished = true
    index[FlowKey(flow.client, flow.server, flow.transport, lane: slots[slot].lane)] = nil
    if flow.hasPayload { talking.remove(slot, &slots) } else { silent.remove(slot, &slots) }
    slots[slot].isUsed = false
    // What the flow kept is given back now; the slot waits for the next flow.
    slots[slot].flow.conversation = Conversation(transport: flow.transport)
    slots[slot].client = SideStream()
    slots[slot].server = SideStream()
    free.append(slot)
    ended.append(EndedFlow(slot: slot, flow: flow))
  }

  private mutating func touch(_ slot: Int, movedFromSilent: Bool, isNew: Bool) {
    if !isNew {
      if movedFromSilent || !slots[slot].flow.hasPayload {
        silent.remove(slot, &slots)
      } else {
        talking.remove(slot, &slots)
      }
    }
    if slots[slot].flow.hasPayload {
      talking.append(slot, &slots)
    } else {
      silent.append(slot, &slots)
    }
  }
}
