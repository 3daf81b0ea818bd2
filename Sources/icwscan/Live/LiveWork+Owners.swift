import Flows
import Packets
import Sockets

/// What the helper is asked about flows, and what becomes of its answers.
extension LiveWork {
  /// Asks who is at the ends of a flow, and waits for the answers as long as there is time to: for those that tell more of an
  /// end of which the listener is known, at the flow's end alone.
  mutating func attribute(
    _ flow: Flow, _ slot: Int, _ live: inout LiveFlow, isOver: Bool = false, isOverdue: Bool = false
  ) {
    let wasHere = live.server.isHere
    finder.ask(flow, slot, &live, isOverdue: isOverdue)
    takeAnswers(&live, isOver: isOver)
    // Only now it is known that the firewall is this host's.
    if isOverdue, !wasHere, live.server.isHere {
      finder.ask(flow, slot, &live, isOverdue: true)
      takeAnswers(&live, isOver: isOver)
    }
  }

  private mutating func takeAnswers(_ live: inout LiveFlow, isOver: Bool) {
    while isOver ? live.isAwaited : live.isUrgent, let found = finder.wait() {
      if found.flow == live.number { found.apply(to: &live) } else { apply(found) }
    }
  }

  /// Takes an answer of the helper that comes by itself.
  mutating func take(_ number: UInt64, _ answer: EndAnswer) {
    if let found = finder.take(number, answer) { apply(found) }
  }

  private mutating func apply(_ found: LiveOwners.Answer) {
    guard var live = open[found.slot], live.number == found.flow else { return }
    found.apply(to: &live)
    open[found.slot] = live
  }
}
