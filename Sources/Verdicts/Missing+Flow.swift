import Flows

extension Missing {
  /// What the capture lacks of a flow, whatever the flow is.
  static func inCapture(of flow: Flow) -> [Missing] {
    var missing: [Missing] = []
    let said = flow.conversation
    let beganUnseen = [said.client, said.server].contains { !$0.bytes.isEmpty && !$0.beginsAtStart }
    if !flow.startSeen || beganUnseen { missing.append(.start) }
    if flow.clientCounters.packets == 0 { missing.append(.clientDirection) }
    if flow.serverCounters.packets == 0, flow.ground != .group { missing.append(.serverDirection) }
    let cut = flow.clientCounters.cut > 0 || flow.serverCounters.cut > 0
    if cut { missing.append(.wholeFrames) }
    let lost = [said.client, said.server].contains {
      $0.isIncomplete && $0.bytes.count < FlowLimits.bytesPerSide
    }
    if lost, !cut { missing.append(.lostSegments) }
    if flow.clientCounters.wrongChecksums > 0 || flow.serverCounters.wrongChecksums > 0 {
      missing.append(.rightChecksums)
    }
    if flow.mayLackPackets { missing.append(.droppedPackets) }
    return missing
  }
}
