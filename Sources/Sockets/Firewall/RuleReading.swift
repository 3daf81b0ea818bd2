/// What a rule means for a packet of which little is known.
struct RuleReading: Hashable {
  /// Whether the rule's conditions hold.
  enum Truth: Hashable {
    case yes, no
    /// They depend on what is not known of the packet, or were not decoded.
    case unknown
  }

  /// What a rule does when its conditions hold.
  enum Action: Hashable {
    /// Nothing that ends the way: counts, logs, marks.
    case next
    case accept, drop, reject
    /// Back to the chain that jumped here.
    case back
    /// On into another chain; `goto` does not come back to the rule behind.
    case jump([UInt8], comesBack: Bool)
    /// Another destination.
    case send(PortPublication.Kind, address: [UInt8]?, port: UInt16?)
    /// The packet goes where this program can't follow: a queue, a rewritten header, an action that is not known.
    case elsewhere
  }

  var truth = Truth.yes
  /// The possible actions: several where a map with a key that is not known chooses.
  var actions: [Action] = [.next]
  /// Whether it keeps what it meets from being tracked as a connection.
  var untracks = false
  /// Whether a condition that holds is about the port.
  var namesPort = false
  /// The conditions that are not known to hold, in words.
  var conditions: [[UInt8]] = []
  /// The whole rule in words.
  var text: [UInt8] = []
  /// Its handle or number.
  var number: UInt64?
}
