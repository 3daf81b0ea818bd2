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
  /// TCP ports that may still be connected to.
  public var tcpPorts: Set<UInt16>
  /// Capabilities that are kept where they are held.
  public var capabilities: Set<Capability>

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

  /// For the capture loop, after the devices and `-w` were opened.
  ///
  /// - Parameter looksUpOwners: false gives Landlock in exchange for the owners of flows.
  public static func live(
    allowsSockets: Bool = false, writableDirectory: String? = nil, looksUpOwners: Bool = true
  ) -> Confinement {
    Confinement(
      socketFamilies: allowsSockets ? nameServiceFamilies : [AF_UNIX, AF_NETLINK],
      writableDirectory: writableDirectory, looksUpOwners: looksUpOwners,
      entersNetworkNamespaces: looksUpOwners, removesDirectories: looksUpOwners,
      tcpPorts: allowsSockets ? [domainNamePort] : [],
      capabilities: Set(
        [.administerNetwork] + writers(writableDirectory)
          + (looksUpOwners ? [.readFiles, .inspectProcesses, .administerSystem] : [])))
  }

  /// Files under sudo are made in a user's directory and given to that user.
  private static func writers(_ directory: String?) -> [Capability] {
    directory == nil ? [] : [.changeOwner, .overrideFileRights]
  }
}
