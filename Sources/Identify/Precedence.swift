/// Why one recognition goes before another of the same conversation; in the order in which the reasons are looked for.
public enum Precedence: String, Hashable, Sendable, CaseIterable {
  /// The other is a more general protocol, in which one that was recognised is carried.
  case carried = "the more general protocol, which carries it"
  /// Less speaks for the other.
  case strength = "less speaks for it"
  /// The other's bytes come later: what upgrades or tunnels is named by how it begins.
  case beginning = "its bytes come later"
  /// Nothing tells the two apart: the first by name is taken.
  case name = "as good; the first by name was taken"

  /// Which of two goes first, and why; `general` names the protocols in which a recognised one is carried.
  static func decide(
    _ one: Recognition, _ other: Recognition, general: Set<String>
  ) -> (isInOrder: Bool, reason: Precedence) {
    let isGeneral = general.contains(one.application)
    if isGeneral != general.contains(other.application) { return (!isGeneral, .carried) }
    if one.strength != other.strength { return (one.strength > other.strength, .strength) }
    let beginnings = (one.beginning, other.beginning)
    if beginnings.0 != beginnings.1 { return (beginnings.0 < beginnings.1, .beginning) }
    return (one.application < other.application, .name)
  }
}

extension Recognition {
  /// The offset of the earliest bytes that it rests on.
  fileprivate var beginning: Int { grounds.map(\.offset).min() ?? .max }
}
