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
}
