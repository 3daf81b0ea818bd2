import Packets

/// How a server contradicts itself from connection to connection, as programs do that pretend to be everything
/// (portspoof and its like).
public enum Contradiction: Hashable, Sendable {
  /// It greeted as protocols that no one program speaks; canonical names, sorted, two at least.
  case protocols([String])
  /// It greeted differently on so many connections, three at least.
  case banners(Int)

  /// Seconds within which greetings are held against each other: a port is also given to another service in time.
  static let span = 600.0

  /// What these greetings of one endpoint say of each other; nil when they agree or say too little.
  init?(_ greetings: [Greeting]) {
    var names: Set<String> = []
    for (index, one) in greetings.enumerated() {
      for other in greetings[(index + 1)...] where one.isNear(other) {
        guard let name = one.application, let second = other.application, name != second,
          one.opening != other.opening
        else { continue }
        names.formUnion([name, second])
      }
    }
    if !names.isEmpty {
      self = .protocols(names.sorted())
      return
    }
    for one in greetings where one.isOfProtocol {
      var different = [one]
      for other in greetings where other.isOfProtocol && one.isNear(other) {
        if different.allSatisfy({ $0.isUnlike(other) }) { different.append(other) }
      }
      if different.count >= 3 {
        self = .banners(different.count)
        return
      }
    }
    return nil
  }
}

extension Greeting {
  fileprivate func isNear(_ other: Greeting) -> Bool {
    abs(time.seconds(since: other.time)) <= Contradiction.span
  }
}
