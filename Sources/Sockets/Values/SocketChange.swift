/// What became of a socket on a port that is watched.
public struct SocketChange: Hashable, Sendable {
  /// What happened.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It was there at the first look.
    case present
    /// It was not there at the look before.
    case appeared
    /// It is there no more.
    case vanished
    /// Its state changed, and perhaps its holders too.
    case state
    /// Who holds it changed: a process more or less, or another program in one of them.
    case holder
    /// More connections wait at a listener to be accepted, or none any more after that was told.
    case queue
  }

  /// What happened.
  public var kind: Kind
  /// The socket as it is now; one that vanished as it was last known, its counters as they were at the end where the
  /// kernel told of that.
  public var owned: OwnedSocket
  /// The state before, where it changed.
  public var previousState: SocketState?
  /// The holders before, where they changed.
  public var previousHolders: [Holder]?
  /// Whether it came and went between two looks: known only by the kernel's report of its end, which names no process
  /// and no state.
  public var livedBetweenLooks = false

  /// A change.
  public init(
    _ kind: Kind, _ owned: OwnedSocket, previousState: SocketState? = nil,
    previousHolders: [Holder]? = nil
  ) {
    self.kind = kind
    self.owned = owned
    self.previousState = previousState
    self.previousHolders = previousHolders
  }

  /// Holders that were not among the former ones; none unless the holders changed.
  public var gained: [Holder] {
    previousHolders.map { Self.without($0, in: owned.holders) } ?? []
  }

  /// Former holders that are none any more.
  public var lost: [Holder] { previousHolders.map { Self.without(owned.holders, in: $0) } ?? [] }

  /// Holders that were among the former ones with another program, each with its former self.
  public var turned: [(before: Holder, now: Holder)] {
    (previousHolders ?? []).compactMap { before in
      owned.holders.first { $0.process.key == before.process.key && !$0.runsSame(as: before) }
        .map { (before, $0) }
    }
  }

  private static func without(_ others: [Holder], in holders: [Holder]) -> [Holder] {
    holders.filter { holder in !others.contains { $0.process.key == holder.process.key } }
  }
}

extension Holder {
  /// Whether two readings of one process show the same program. A program may write over its own arguments, often and
  /// without meaning; they tell only together with an exec(2).
  func runsSame(as other: Holder, comparesArguments: Bool = true) -> Bool {
    process.executable == other.process.executable && process.command == other.process.command
      && (!comparesArguments || process.arguments == other.process.arguments)
  }
}
