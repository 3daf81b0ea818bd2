import Flows
import Identify
import Packets

/// The greetings of the servers in a capture, for those that contradict themselves.
///
/// Bounded: the first endpoints up to `most`, and of each the last greetings that differ.
struct GreetingLedger: Sendable {
  /// Endpoints that are remembered.
  static let most = 8_192
  /// Greetings of one endpoint that are remembered.
  static let mostGreetings = 4

  private var greetings: [Endpoint: [Greeting]] = [:]

  /// Notes what a flow's server greeted with; a flow may be noted again when more of it is known.
  mutating func note(_ flow: Flow, _ recognition: Recognition?) {
    let endpoint = flow.server
    guard greetings[endpoint] != nil || greetings.count < Self.most else { return }
    let greeting = Greeting(of: flow, recognition)
    // What was noted of a flow that turned out to be a real dialogue is taken back.
    guard greeting != nil || greetings[endpoint] != nil else { return }
    var known = greetings[endpoint] ?? []
    known.removeAll { $0.flow == flow.number }
    if let greeting {
      known.removeAll { $0.application == greeting.application && $0.words == greeting.words }
      known.append(greeting)
    }
    greetings[endpoint] = known.isEmpty ? nil : Array(known.suffix(Self.mostGreetings))
  }

  /// Whether the flow's server contradicts itself.
  func contradiction(of flow: Flow) -> Contradiction? {
    guard flow.transport == .tcp, let known = greetings[flow.server], known.count > 1 else {
      return nil
    }
    return Contradiction(known)
  }

  /// Whether the flow's server greeted and has not contradicted itself yet.
  func awaits(_ flow: Flow, _ recognition: Recognition?) -> Bool {
    Greeting(of: flow, recognition)?.isOfProtocol == true && contradiction(of: flow) == nil
  }
}
