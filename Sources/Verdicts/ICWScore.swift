/// Points for and against Internet Call Waiting, with the items that gave them (dossier section 4).
///
/// There is no labelled KPN traffic to calibrate on: points are ordinal, never a probability.
public struct ICWScore: Hashable, Sendable {
  /// Kinds of features that are independent of each other.
  public enum Group: String, Hashable, Sendable, CaseIterable {
    /// F1 to F4, F10, F11.
    case content
    /// F5 to F8, F14.
    case rhythm
    /// F9.
    case link
    /// F12, F13.
    case address
  }

  /// Points that `consistent-with-icw` needs, FOR minus AGAINST.
  public static let bar = 5
  /// Groups that it needs.
  public static let groups = 3

  /// The items, FOR first, in the order of their numbers.
  public internal(set) var items: [Evidence] = []
  /// How many alerts were answered at human speed (F5).
  public internal(set) var answers = 0

  /// No items yet.
  init() {}

  /// FOR minus AGAINST.
  public var points: Int { items.reduce(0) { $0 + ($1.points ?? 0) } }

  /// Groups in which something speaks for ICW.
  public var groups: Set<Group> {
    Set(items.filter { $0.points ?? 0 > 0 }.compactMap { Self.group(of: $0.item) })
  }

  /// Whether one of F5, F6 and F8 is there.
  public var hasDecidingRhythm: Bool {
    has(.alertAndAnswer) || has(.hostSilence) || has(.hostStart)
  }

  /// Whether something excludes ICW by itself (A2; A1, A5 and A11 never come here).
  public var isExcluded: Bool { has(.throughput) }

  /// Whether anything speaks against ICW.
  public var hasObjection: Bool { items.contains { $0.weight == .against } }

  /// Whether the points reach the bar of `consistent-with-icw`.
  public var reachesBar: Bool {
    points >= Self.bar && groups.count >= Self.groups && hasDecidingRhythm && !isExcluded
  }

  /// Whether the rhythm amounts to an ICW exchange: F5 at least twice, with F6 or F8.
  public var isExchange: Bool { answers >= 2 && (has(.hostSilence) || has(.hostStart)) }

  func has(_ item: EvidenceItem) -> Bool { items.contains { $0.item == item } }

  static func group(of item: EvidenceItem) -> Group? {
    switch item {
    case .spiritsEvent, .spiritsHeader, .pintCallWaiting, .pintTokens, .dutchNumbers,
      .callerIdentity:
      .content
    case .alertAndAnswer, .hostSilence, .keepalive, .hostStart, .tlsThenDatagrams: .rhythm
    case .dialUpLink: .link
    case .operatorAddress, .era: .address
    default: nil
    }
  }
}
