import Glibc

/// What the process keeps before it parses hostile bytes; everything else is given up for good.
///
/// Apply it before other threads are started: capabilities and Landlock hold for the calling thread and those that it
/// starts later; only seccomp reaches threads that run already.
public struct Confinement: Hashable, Sendable {
  /// Address families that `socket` may still make; empty for none.
  public var socketFamilies: Set<Int32>
  /// A directory in which files may be made and written, for a capture that rotates or is reopened; nil for none.
  /// Without it no file can be opened for writing; descriptors that are open stay as they are.
  public var writableDirectory: String?
  /// Whether descriptors of other processes are still looked at. A process under Landlock can't (landlock(7), ptrace
  /// restrictions), so Landlock is then left out and seccomp alone guards files.
  public var looksUpOwners: Bool
  /// Whether other network namespaces are still entered.
  public var entersNetworkNamespaces: Bool
  /// Whether empty directories may still be removed.
  public var removesDirectories = false
  /// Whether files may still be removed, which a new one replaces.
  public var removesFiles = false
  /// The process that may still be signalled beside this one, and its descriptor; nil for none.
  public var signalled: Signalled?
  /// TCP ports that may still be connected to.
  public var tcpPorts: Set<UInt16>
  /// Capabilities that are kept where they are held.
  public var capabilities: Set<Capability>

  /// A process that may be signalled.
  public struct Signalled: Hashable, Sendable {
    /// Its number.
    public let process: Int32
    /// Its descriptor (pidfd_open(2)); -1 for none.
    public let descriptor: Int32

    /// A process with this number and descriptor.
    public init(process: Int32, descriptor: Int32) {
      self.process = process
      self.descriptor = descriptor
    }
  }

  /// Names are asked of /etc/hosts, a local service or a server of the DNS.
  private static let nameServiceFamilies: Set<Int32> = [AF_UNIX, AF_INET, AF_INET6, AF_NETLINK]
  private static let domainNamePort: UInt16 = 53

  /// For offline analysis, after `-w` was opened: reads files, nothing else.
  public static func analysis(
    allowsSockets: Bool = false, writableDirectory: String? = nil
  ) -> Confinement {
    Confinement(
      socketFamilies: allowsSockets ? nameServiceFamilies : [],
      writableDirectory: writableDirectory,
      looksUpOwners: false, entersNetworkNamespaces: false,
      tcpPorts: allowsSockets ? [domainNamePort] : [],
      capabilities: Set([.readFiles] + writers(writableDirectory)))
  }

  /// For the helper of a live capture: it names owners and opens the files of `-w`, and never parses a packet.
  ///
  /// - Parameters:
  ///   - opensFiles: whether it makes files and replaces them.
  ///   - signalled: the parser.
  public static func helper(opensFiles: Bool, signalled: Signalled?) -> Confinement {
    var helper = Confinement(
      socketFamilies: [AF_UNIX, AF_NETLINK], writableDirectory: opensFiles ? "/" : nil,
      looksUpOwners: true, entersNetworkNamespaces: true, removesDirectories: true, tcpPorts: [],
      capabilities: Set(
        [.administerNetwork, .readFiles, .inspectProcesses, .administerSystem, .signalProcesses]
          + writers(opensFiles ? "/" : nil)))
    // The ring of trace events is root's: a service that is not root takes it away at the end by this right.
    if geteuid() != 0 { helper.capabilities.insert(.overrideFileRights) }
    helper.removesFiles = opensFiles
    helper.signalled = signalled
    return helper
  }

  /// Files under sudo are made in a user's directory and given to that user.
  private static func writers(_ directory: String?) -> [Capability] {
    directory == nil ? [] : [.changeOwner, .overrideFileRights]
  }
}
