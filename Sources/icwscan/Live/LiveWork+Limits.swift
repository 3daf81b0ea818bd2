import Captures
import Flows
import Packets
import Sockets
import Verdicts

extension LiveWork {
  /// A flow as it stands, with what is known of losses in its time.
  func flow(_ slot: Int) -> Flow { marked(pipeline.table[slot]) }

  func marked(_ flow: Flow) -> Flow {
    var flow = flow
    flow.mayLackPackets = losses.touches(flow)
    return flow
  }

  /// Notes how many packets the kernel and the interfaces have dropped by now.
  mutating func noteLosses(_ statistics: CaptureStatistics, at now: Timestamp) {
    losses.note(lost: statistics.dropped + statistics.interfaceDropped, at: now)
  }

  /// Searches for the processes of a flow, unless a flood leaves no time for that.
  mutating func attribute(_ flow: Flow, to live: inout LiveFlow) {
    let finder = finder
    var found = live
    if budget.spend(isSpeaking: flow.hasPayload, { finder.attribute(flow, to: &found) }) {
      live = found
    } else if live.clientProcess == nil, live.serverProcess == nil {
      live.missing = live.missing ?? .notLookedFor
    }
  }
}
