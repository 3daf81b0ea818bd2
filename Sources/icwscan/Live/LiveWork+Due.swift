import Flows
import Packets

/// What is looked at when its time has come.
extension LiveWork {
  /// Has a flow looked at when so many nanoseconds have passed. A packet's time may lie ahead of the clock: a
  /// device has its own, and this one may have been set back.
  mutating func wait(
    _ nanoseconds: Int64, for slot: Int, _ flow: Flow, _ live: inout LiveFlow
  ) {
    let time = Timestamp(nanoseconds: min(flow.last, Clock.now).nanoseconds &+ nanoseconds)
    live.due = time
    due.add(slot, at: time)
  }

  /// After the clock was set back: what was due at a time that is to come once more is due now.
  mutating func bringForward(to now: Timestamp) {
    for item in due.takeAll() where open[item.slot]?.due == item.time {
      let time = min(item.time, now)
      open[item.slot]?.due = time
      due.add(item.slot, at: time)
    }
    nextExpiry = min(nextExpiry, now)
  }
}
