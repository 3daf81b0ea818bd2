public import Packets

/// Flows added up by an address; its size does not grow with theirs.
public struct AddressTally: Sendable {
  /// Addresses that are told apart; flows of later ones are counted together.
  public static let most = 16_384

  /// Flows by address, at most `most` addresses.
  public private(set) var flows: [IPAddress: Int] = [:]
  /// Flows of addresses beyond that bound.
  public private(set) var others = 0

  /// Nothing yet.
  public init() {}

  /// Adds flows of an address.
  mutating func note(_ address: IPAddress, flows count: Int = 1) {
    guard flows[address] != nil || flows.count < Self.most else {
      note(others: count)
      return
    }
    flows[address, default: 0] &+= count
  }

  /// Adds flows of addresses that are not told apart.
  mutating func note(others count: Int) { others &+= count }

  /// Adds what was added up elsewhere.
  mutating func add(_ other: AddressTally) {
    for (address, count) in other.sorted { note(address, flows: count) }
    others &+= other.others
  }

  /// The addresses, those with the most flows first, equals in their own order.
  var sorted: [(address: IPAddress, flows: Int)] {
    flows.map { (address: $0.key, flows: $0.value) }.sorted {
      $0.flows == $1.flows ? $0.address < $1.address : $0.flows > $1.flows
    }
  }
}
