import Flows
import Glibc
import Packets
import Report
import Roles
import Sockets

/// Finds the processes at those ends of a flow that are on this host, by asking the helper.
///
/// An answer comes within a millisecond as a rule and is waited for; where the helper does not keep up, as in a flood,
/// it comes later or not at all, and the capture goes on.
struct LiveOwners {
  /// Questions that may be open at a time.
  private static let mostOpen = 256
  /// Questions about the firewall in an interval, which lasts so many nanoseconds.
  private static let mostOfFirewall = 16
  private static let firewallInterval: Int64 = 10_000_000_000
  /// How long the helper has for a question that the end waits for, in milliseconds.
  private static let patience: Int32 = 500

  /// The way to the helper.
  let helper: HelperConnection
  /// Whose answer is awaited.
  private var open: [UInt64: (slot: Int, flow: Int, side: Side)] = [:]
  private var number: UInt64 = 0
  private var budget = WaitBudget(now: Clock.monotonic)
  private var firewallBegin: Int64 = 0
  private var firewallCount = 0

  /// An answer and whose it is.
  struct Answer {
    let number: UInt64
    let slot: Int
    let flow: Int
    let side: Side
    let answer: EndAnswer

    /// Puts it into its flow.
    func apply(to live: inout LiveFlow) {
      if side == .client {
        live.client.take(answer, number: number)
      } else {
        live.server.take(answer, number: number)
      }
    }
  }

  /// A finder that asks `helper`.
  init(_ helper: HelperConnection) { self.helper = helper }

  /// Asks about both ends of a flow, as far as they are open; the earlier after its first packet, the surer.
  ///
  /// - Parameter isOverdue: Whether an answer of the server's end would have come by now.
  mutating func ask(
    _ flow: Flow, _ slot: Int, _ live: inout LiveFlow, isOverdue: Bool = false
  ) {
    let hasPayload = flow.hasPayload
    if live.client.isOpen || live.client.isWorthAsking(hasPayload: hasPayload) {
      live.client.note(question: put(flow, slot, .client))
    }
    let asksForFirewall = isOverdue && isWorthFollowing(flow, live.server)
    if live.server.isOpen || live.server.isWorthAsking(hasPayload: hasPayload) || asksForFirewall {
      let question = put(flow, slot, .server, asksForFirewall: asksForFirewall)
      let isAsked = asksForFirewall && question != nil
      if isAsked { firewallCount += 1 }
      live.server.note(question: question, asksForFirewall: isAsked)
    }
  }

  /// Whether the firewall may have ended what came to an end of this host, and there is time to ask: rules are read for each
  /// question.
  private mutating func isWorthFollowing(_ flow: Flow, _ end: LiveEnd) -> Bool {
    guard flow.isUnanswered, end.isHere, !end.isAwaited, !end.hasAskedForFirewall else {
      return false
    }
    let now = Clock.monotonic
    if now &- firewallBegin >= Self.firewallInterval { (firewallBegin, firewallCount) = (now, 0) }
    return firewallCount < Self.mostOfFirewall
  }

  private mutating func put(
    _ flow: Flow, _ slot: Int, _ side: Side, asksForFirewall: Bool = false
  ) -> UInt64? {
    guard open.count < Self.mostOpen else { return nil }
    var request = AttributionRequest(
      transport: flow.transport == .tcp ? .tcp : .udp,
      local: socketEndpoint(flow.endpoint(side)),
      peer: socketEndpoint(flow.endpoint(side.opposite)),
      time: max(0, flow.first.nanoseconds), isOpener: side == .client && flow.knowsClient,
      asksForListener: flow.ground == .firstCaptured)
    request.asksForFirewall = asksForFirewall
    let mayBeListeners =
      side == .server && flow.knowsClient && flow.transport == .tcp && flow.state != .refused
    number &+= 1
    guard helper.ask(.owner(number: number, request, mayBeListeners: mayBeListeners)) else {
      return nil
    }
    open[number] = (slot, flow.number, side)
    return number
  }

  /// The next answer that is there.
  mutating func take(_ number: UInt64, _ answer: EndAnswer) -> Answer? {
    guard let asked = open.removeValue(forKey: number) else { return nil }
    return Answer(
      number: number, slot: asked.slot, flow: asked.flow, side: asked.side, answer: answer)
  }

  /// Waits for the next answer, as long as there is time to.
  mutating func wait() -> Answer? {
    if helper.isGone { open.removeAll() }
    guard !open.isEmpty else { return nil }
    let before = Clock.monotonic
    let milliseconds = budget.milliseconds(at: before)
    guard milliseconds > 0 else { return nil }
    let arrival = helper.wait(milliseconds: milliseconds) {
      if case .owner = $0 { true } else { false }
    }
    budget.spend(Clock.monotonic &- before)
    guard case .owner(let number, let answer) = arrival?.message else { return nil }
    return take(number, answer)
  }

  /// Whether an address is this host's own; false when the helper does not say.
  mutating func isOwn(_ address: IPAddress) -> Bool {
    number &+= 1
    let wanted = number
    let request = ParserRequest.own(number: wanted, address: address.networkBytes)
    guard helper.ask(request, milliseconds: Self.patience) else { return false }
    let arrival = helper.wait(milliseconds: Self.patience) {
      if case .own(wanted, _) = $0 { true } else { false }
    }
    if case .own(_, let isOwn) = arrival?.message { return isOwn }
    return false
  }

  private func socketEndpoint(_ endpoint: Endpoint) -> SocketEndpoint {
    SocketEndpoint(address: endpoint.address.networkBytes, port: endpoint.port)
  }
}
