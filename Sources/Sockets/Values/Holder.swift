/// A process that holds a socket, with the descriptors through which it does.
public struct Holder: Hashable, Sendable {
  /// The process.
  public var process: ProcessIdentity
  /// Its descriptors for the socket, ascending.
  public var descriptors: [Int32]
  /// Whether the descriptor came from an ancestor that holds the same socket (one inode), as forked workers do.
  public var isInherited: Bool

  /// A holder.
  public init(process: ProcessIdentity, descriptors: [Int32], isInherited: Bool = false) {
    self.process = process
    self.descriptors = descriptors
    self.isInherited = isInherited
  }
}
