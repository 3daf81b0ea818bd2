import Flows
import Verdicts

/// What a live capture knows of a flow beside its packets, before it is judged.
extension LiveWork {
  /// The verdict on a flow as it stands, or at its end, with what is known of losses in its time and of who listens.
  mutating func judge(_ flow: Flow, _ live: LiveFlow?, isOver: Bool = false) -> FlowJudge.Judged {
    var flow = flow
    flow.mayLackPackets = losses.touches(flow)
    return isOver
      ? flowJudge.judgeEnded(flow, listening: live?.listening)
      : flowJudge.judge(flow, listening: live?.listening)
  }
}
