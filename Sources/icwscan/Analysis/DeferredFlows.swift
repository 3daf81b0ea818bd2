import Flows
import Packets
import Verdicts

/// Flows that ended and whose verdict still hangs on what the capture shows later.
struct DeferredFlows {
  /// A flow with what its conversation shows.
  struct Held {
    let flow: Flow
    let look: FlowJudge.Look
  }

  /// Flows that ask for their hosts' other traffic, held at most: a second reading follows so many hosts.
  static let mostAsking = HostView.most / 2
  /// Flows whose server greeted, held at most.
  static let mostGreeted = 1_024

  private var asking: [Held] = []
  private var greeted: [Held] = []

  /// Holds a flow until the file is read a second time; false when there are too many.
  mutating func holdAsking(_ held: Held) -> Bool {
    guard asking.count < Self.mostAsking else { return false }
    asking.append(held)
    return true
  }

  /// Holds a flow while its server's other greetings may contradict this one; false when there are too many.
  mutating func holdGreeted(_ held: Held) -> Bool {
    guard greeted.count < Self.mostGreeted else { return false }
    greeted.append(held)
    return true
  }

  /// Takes out the flow of this number, if it is held.
  mutating func take(_ number: Int) -> Held? {
    if let place = asking.firstIndex(where: { $0.flow.number == number }) {
      return asking.remove(at: place)
    }
    return greeted.firstIndex { $0.flow.number == number }.map { greeted.remove(at: $0) }
  }

  /// Takes out the flows whose greeting nothing can contradict any more when the capture has come to `now`.
  mutating func takeRipe(at now: Timestamp) -> [Held] {
    guard !greeted.isEmpty else { return [] }
    let limit = CompanionLedger.secondsOfContradiction
    let ripe = greeted.filter { now.seconds(since: $0.flow.last) > limit }
    if !ripe.isEmpty { greeted.removeAll { now.seconds(since: $0.flow.last) > limit } }
    return ripe
  }

  /// Takes out all flows whose server greeted.
  mutating func takeGreeted() -> [Held] {
    defer { greeted = [] }
    return greeted
  }

  /// Takes out all flows that ask for their hosts' other traffic.
  mutating func takeAsking() -> [Held] {
    defer { asking = [] }
    return asking
  }
}
