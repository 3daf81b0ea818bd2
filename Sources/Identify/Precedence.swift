/// Why one recognition wins over another that also said yes.
public enum Precedence: String, Hashable, Sendable, CaseIterable {
  /// The other is the more general protocol, in which the winner is carried.
  case carried = "the more general protocol, which carries it"
  /// More speaks for the winner.
  case strength = "less speaks for it"
  /// The winner's bytes come first: what upgrades or tunnels is named by how it begins.
  case beginning = "its bytes come later"
  /// Nothing tells the two apart: the first by name is taken.
  case name = "as good; the first by name was taken"

  /// The reason between two recognitions of one conversation, the winner and another.
  public init(of winner: Recognition, over other: Recognition) {
    if winner.refines == other.application {
      self = .carried
    } else if winner.strength != other.strength {
      self = .strength
    } else {
      self = winner.beginning == other.beginning ? .name : .beginning
    }
  }
}

extension Recognition {
  /// The offset of the earliest bytes that it rests on.
  var beginning: Int { grounds.map(\.offset).min() ?? .max }
}
