/// Follows a packet through the rules of a base chain, as far as that is certain, and notes where it may end otherwise.
struct ChainWalk {
  /// Chains deep; the kernel itself allows 16 jumps.
  private static let depthLimit = 16
  /// Chains entered in one walk; kube-proxy's longest way is some dozens.
  private static let chainLimit = 512
  /// Rules kept as reasons.
  static let reasonLimit = 8

  /// Where the packet ends.
  enum Fate: Hashable {
    /// It falls off the chain's end.
    case passes
    case accepted
    case dropped(FirewallRule)
    case rejected(FirewallRule)
    /// It gets another destination, or goes where nobody can follow.
    case gone
  }

  /// How a rule was reached.
  private struct Way {
    var conditions: [[UInt8]] = []
    var namesPort = false
  }

  /// Rules with conditions that are not known, which would let the packet through or take it elsewhere.
  private(set) var doubts: [FirewallRule] = []
  /// Rules with conditions that are not known, which would drop it.
  private(set) var possibleDrops: [FirewallRule] = []
  /// Whether a rule with conditions that are not known takes it where nobody can follow.
  private(set) var mayLeave = false
  /// Whether a rule with conditions that are not known may end the base chain early, so that its policy decides.
  private(set) var mayReachPolicy = false
  /// Whether a rule may have kept it from being tracked as a connection.
  private(set) var mayUntrack = false
  /// Rules that take it where nobody can follow, for certain or not.
  private(set) var leaving: [FirewallRule] = []
  /// Whether every chain was followed to its end.
  private(set) var isWhole = true
  /// Rules that name the port and drop or reject what they meet, whether or not it gets there.
  private(set) var refusals: [FirewallRule] = []
  /// Rules that send it somewhere else.
  private(set) var publications: [PortPublication] = []

  private let packet: FirewallPacket
  private let hook: PortPublication.Hook
  /// The rules of a chain; nil when there is none of that name.
  private let rules: ([UInt8]) -> [RuleReading]?
  private let place: FirewallRule
  private var chainsLeft = chainLimit

  /// A walk in the table that `place` names.
  init(
    _ packet: FirewallPacket, hook: PortPublication.Hook, place: FirewallRule,
    rules: @escaping ([UInt8]) -> [RuleReading]?
  ) {
    self.packet = packet
    self.hook = hook
    self.place = place
    self.rules = rules
  }

  /// Walks the base chain. What `doubts` and `possibleDrops` hold afterwards makes the fate uncertain.
  mutating func run() -> Fate {
    let outcome = walk(place.chain, Way(), depth: 0)
    mayReachPolicy = outcome.mayPass
    return outcome.fate
  }

  /// Where a chain leads, and whether the packet may leave it before, so that the chain above goes on.
  private struct Outcome {
    var fate: Fate
    var mayPass = false
  }

  private mutating func walk(_ chain: [UInt8], _ way: Way, depth: Int) -> Outcome {
    guard depth < Self.depthLimit, chainsLeft > 0, let rules = rules(chain) else {
      isWhole = false
      doubt(rule(RuleReading(text: Array("(not followed)".utf8)), in: chain))
      return Outcome(fate: .gone)
    }
    chainsLeft -= 1
    var mayPass = false
    for reading in rules where reading.truth != .no {
      let rule = rule(reading, in: chain)
      let isCertain = reading.truth == .yes && reading.actions.count == 1
      var inner = way
      inner.conditions += reading.conditions
      if reading.namesPort { inner.namesPort = true }
      if reading.untracks { mayUntrack = true }
      for action in reading.actions {
        guard let outcome = act(action, rule, inner, depth) else { continue }
        if isCertain, !outcome.mayPass || outcome.fate == .passes {
          return Outcome(fate: outcome.fate, mayPass: mayPass)
        }
        note(outcome.fate, of: rule)
        if outcome.fate == .passes { mayPass = true }
        // What a chain lets go comes back to the rule behind a jump, but not behind a goto.
        if outcome.mayPass, case .jump(_, comesBack: false) = action { mayPass = true }
      }
    }
    return Outcome(fate: .passes, mayPass: mayPass)
  }

  /// Where an action ends; nil when the packet goes on to the next rule.
  private mutating func act(
    _ action: RuleReading.Action, _ rule: FirewallRule, _ way: Way, _ depth: Int
  ) -> Outcome? {
    switch action {
    case .next: return nil
    case .accept: return Outcome(fate: .accepted)
    case .drop:
      noteRefusal(rule, way)
      return Outcome(fate: .dropped(rule))
    case .reject:
      noteRefusal(rule, way)
      return Outcome(fate: .rejected(rule))
    case .back: return Outcome(fate: .passes)
    case .elsewhere:
      if leaving.count < Self.reasonLimit, !leaving.contains(rule) { leaving.append(rule) }
      return Outcome(fate: .gone)
    case .send(let kind, let address, let port):
      publications.append(
        PortPublication(
          kind: kind, transport: packet.transport, address: address, port: port, rule: rule,
          hook: hook, namesPort: way.namesPort, conditions: way.conditions,
          before: Array((doubts + possibleDrops).prefix(Self.reasonLimit))))
      return Outcome(fate: .gone)
    case .jump(let chain, let comesBack):
      let outcome = walk(chain, way, depth: depth + 1)
      return outcome.fate == .passes && comesBack ? nil : outcome
    }
  }

  private mutating func noteRefusal(_ rule: FirewallRule, _ way: Way) {
    guard way.namesPort, refusals.count < Self.reasonLimit, !refusals.contains(rule) else { return }
    refusals.append(rule)
  }

  /// A fate that is only possible.
  private mutating func note(_ fate: Fate, of rule: FirewallRule) {
    switch fate {
    case .dropped, .rejected:
      if possibleDrops.count < Self.reasonLimit, !possibleDrops.contains(rule) {
        possibleDrops.append(rule)
      }
    case .gone:
      mayLeave = true
      doubt(rule)
    case .accepted, .passes: doubt(rule)
    }
  }

  private mutating func doubt(_ rule: FirewallRule) {
    if doubts.count < Self.reasonLimit, !doubts.contains(rule) { doubts.append(rule) }
  }

  private func rule(_ reading: RuleReading, in chain: [UInt8]) -> FirewallRule {
    var rule = place
    rule.chain = chain
    rule.number = reading.number
    rule.text = reading.text
    return rule
  }
}
