/// A network namespace of this host.
public struct NetworkNamespace: Hashable, Sendable {
  /// Its inode, as `/proc/PID/ns/net` shows it; 0 when that could not be read.
  public var inode: UInt64
  /// Its name in /run/netns, else the path of a file that it is mounted on; nil when it has none; raw.
  public var name: [UInt8]?
  /// Whether it is the one that this process is in.
  public var isOwn: Bool
  /// A process in it; nil when none was seen.
  public var memberPID: Int32?
  /// The container of that process; nil without one.
  public var container: ContainerDescription?
  /// What that process calls itself; a claim. Raw; nil without a process.
  public var memberCommand: [UInt8]?

  /// A namespace of these values.
  public init(inode: UInt64, name: [UInt8]? = nil, isOwn: Bool = false, memberPID: Int32? = nil) {
    self.inode = inode
    self.name = name
    self.isOwn = isOwn
    self.memberPID = memberPID
  }
}
