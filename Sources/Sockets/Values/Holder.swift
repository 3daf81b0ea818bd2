/// A process that holds a socket, with the descriptors through which it does.
public struct Holder: Hashable, Sendable {
  /// The process.
  public var process: ProcessIdentity
  /// Its descriptors for the socket, ascending.
  public var descriptors: [Int32]
  /// Whether the descriptor came from an ancestor that holds the same socket (one inode), as forked workers do.
  public var isInherited: Bool
  /// Its descriptors of io_uring instances in whose table of files the socket is registered; it may then have no
  /// descriptor of the socket itself.
  public var rings: [Int32] = []
  /// Where the process comes from; nil when nobody asked.
  public var provenance: Provenance?

  /// A holder.
  public init(process: ProcessIdentity, descriptors: [Int32], isInherited: Bool = false) {
    self.process = process
    self.descriptors = descriptors
    self.isInherited = isInherited
  }

  /// The process that alone is behind these holders of a socket that takes from anybody: the only one, or the one that
  /// all the others have it from, which then stands for whichever of them takes. Nil for none, and where one does not
  /// descend from another. A service manager that opened it for its service takes nothing itself.
  static func only(of holders: [Holder]) -> Holder? {
    let takers = holders.filter { !ServiceManager.isOne($0) }
    if takers.count == 1 { return takers[0] }
    if takers.isEmpty { return holders.count == 1 ? holders[0] : nil }
    // Those of a manager's service have it all from there.
    let heads =
      takers.count == holders.count
      ? holders.filter { !$0.isInherited }
      : takers.filter { taker in
        !takers.contains { $0.process.pid == taker.process.parent }
      }
    guard heads.count == 1, var head = heads.first else { return nil }
    if holders.count > 1 { head.process.mayBeChild = true }
    return head
  }
}
