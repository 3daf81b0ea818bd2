import Flows
import Verdicts

/// What a live capture knows of a flow beside its packets, before it is judged.
extension LiveWork {
  /// The verdict on a flow as it stands, or at its end, with what is known of losses in its time and of who listens.
  mutating func judge(_ flow: Flow, _ live: LiveFlow?, isOver: Bool = false) -> FlowJudge.Judged {
    var flow = flow
    flow.mayLackPackets = losses.touches(flow)
    // A connection that was there before the capture: whoever's port is listened on was called.
    let isReversed = flow.ground == .firstCaptured && live?.listening == .client
    if isReversed {
      flow.exchangeSides(on: .listener)
    } else if flow.ground == .firstCaptured, live?.listening == .server {
      flow.ground = .listener
    }
    flow.conversation.knowsClient = flow.knowsClient
    var judged = isOver ? flowJudge.judgeEnded(flow) : flowJudge.judge(flow)
    judged.isExchanged = judged.isExchanged != isReversed
    return judged
  }
}
