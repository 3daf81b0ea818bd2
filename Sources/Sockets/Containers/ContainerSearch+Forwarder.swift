import Glibc

extension ContainerSearch {
  /// Whose port a process forwards; nil when it is no forwarder of a container runtime.
  mutating func forwarder(
    _ process: ProcessIdentity, in proc: borrowing Descriptor
  ) -> PortForwarder? {
    guard var forwarder = PortForwarder.read(process) else { return nil }
    if let identity = PortForwarder.identity(in: process.arguments) {
      forwarder.container = container(
        identity, runtime: forwarder.program == .conmon ? .podman : nil)
      if forwarder.container?.name == nil, forwarder.program == .conmon {
        forwarder.container?.name = PortForwarder.value(
          of: ["-n", "--name"], in: process.arguments)
      }
    } else if let address = forwarder.address {
      forwarder.container = container(atAddress: address)
    } else if let path = forwarder.namespacePath {
      forwarder.container = container(inNamespace: path, of: process.pid, in: proc)
    } else if forwarder.program == .rootlessport {
      forwarder.container = container(behindChildOf: process.pid, in: proc)
    }
    if forwarder.container == nil, let files = ProcessFiles(pid: process.pid, in: proc),
      let identity = PortForwarder.conmonIdentity(in: files.controlGroups ?? [])
    {
      forwarder.container = container(identity, runtime: .podman)
    }
    return forwarder
  }

  /// The container whose processes are in the network namespace at a path, as the forwarder sees that path.
  private mutating func container(
    inNamespace path: [UInt8], of forwarder: Int32, in proc: borrowing Descriptor
  ) -> ContainerDescription? {
    guard let files = ProcessFiles(pid: forwarder, in: proc),
      let root = RootDirectory(of: files.directory), let status = root.status(of: path)
    else { return nil }
    return container(inNamespace: UInt64(status.st_ino), in: proc)
  }

  /// The container in whose network namespace rootlessport keeps a child, which carries the bytes in.
  private mutating func container(
    behindChildOf pid: Int32, in proc: borrowing Descriptor
  ) -> ContainerDescription? {
    let own = NamespaceSearch.inode(try? proc.link("\(pid)/ns/net"))
    for child in (try? proc.numericNames()) ?? [] {
      guard let files = ProcessFiles(pid: child, in: proc), files.stat?.parent == pid,
        let inode = NamespaceSearch.inode(try? files.directory.link("ns/net")), inode != own
      else { continue }
      return container(inNamespace: inode, in: proc)
    }
    return nil
  }

  /// The container whose processes are in a network namespace; nil when several share it.
  private mutating func container(
    inNamespace inode: UInt64, in proc: borrowing Descriptor
  ) -> ContainerDescription? {
    var only: ContainerDescription?
    for pid in (try? proc.numericNames()) ?? [] {
      guard NamespaceSearch.inode(try? proc.link("\(pid)/ns/net")) == inode,
        let member = ProcessFiles(pid: pid, in: proc),
        let found = container(in: member.controlGroups ?? [], of: member)
      else { continue }
      if let only, only.identity != found.identity { return nil }
      only = found
    }
    return only
  }
}
