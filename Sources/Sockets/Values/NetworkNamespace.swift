/// A network namespace of this host.
public struct NetworkNamespace: Hashable, Sendable {
  /// Its inode, as `/proc/PID/ns/net` shows it.
  public var inode: UInt64
  /// Its name in /run/netns; nil when it has none; raw.
  public var name: [UInt8]?
  /// Whether it is the one that this process is in.
  public var isOwn: Bool
  /// A process in it; nil when none was seen.
  public var memberPID: Int32?

  /// A namespace of these values.
  public init(inode: UInt64, name: [UInt8]? = nil, isOwn: Bool = false, memberPID: Int32? = nil) {
    self.inode = inode
    self.name = name
    self.isOwn = isOwn
    self.memberPID = memberPID
  }
}
