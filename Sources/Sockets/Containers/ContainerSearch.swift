import Glibc

/// Names containers by the state files that their runtimes keep; no runtime is asked.
///
/// Read once for each container that holds the port. Where files live is fixed by each runtime's documentation; roots
/// that an administrator moved are found only for Docker (`data-root` in /etc/docker/daemon.json, or on the daemon's
/// command line).
struct ContainerSearch {
  /// A state file of a container is some kilobytes.
  static let fileLimit = 4 << 20
  /// Containers of a runtime that are looked through for an address.
  static let containerLimit = 1_024

  private let path: String
  private var known: [[UInt8]: ContainerDescription] = [:]

  /// A search in the file system at `path`.
  init(path: String = "/") {
    self.path = path
  }

  /// The container that the control groups of a process name; nil when it runs in none.
  mutating func container(
    in groups: [UInt8], of process: borrowing ProcessFiles
  ) -> ContainerDescription? {
    let group = ControlGroup(groups)
    guard let identity = group.container else { return nil }
    return container(identity, runtime: group.runtime)
  }

  /// The container of an identity.
  mutating func container(
    _ identity: [UInt8], runtime: ContainerDescription.Runtime?
  ) -> ContainerDescription {
    if let known = known[identity] { return known }
    var container = ContainerDescription(identity: identity, runtime: runtime)
    if let root = RootDirectory(path) { complete(&container, in: root) }
    known[identity] = container
    return container
  }

  private func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    switch container.runtime {
    case .lxc, .incus, .lxd: LXCState.complete(&container, in: root)
    case .nspawn: MachineState.complete(&container, in: root)
    case .docker: DockerState.complete(&container, in: root)
    case .containerd: BundleState.completeContainerd(&container, in: root)
    case .crio: BundleState.completeCRIO(&container, in: root)
    case .podman: PodmanState.complete(&container, in: root)
    case nil:
      // A control group that is only the identity (cgroup v1 under a runtime's own driver): whoever knows it.
      DockerState.complete(&container, in: root)
      if container.name == nil { BundleState.completeContainerd(&container, in: root) }
      if container.name == nil { PodmanState.complete(&container, in: root) }
      if container.name == nil { BundleState.completeCRIO(&container, in: root) }
    }
  }

  /// The container that publishes a port of this host; only Docker's files tell.
  mutating func container(
    publishing port: UInt16, _ transport: SocketEntry.Transport
  ) -> ContainerDescription? {
    guard let root = RootDirectory(path),
      let identity = DockerState.container(publishing: port, transport, in: root)
    else { return nil }
    return container(identity, runtime: .docker)
  }

  /// The container that has an address, in dotted or colon form; only Docker's files tell addresses.
  mutating func container(atAddress address: [UInt8]) -> ContainerDescription? {
    guard let root = RootDirectory(path),
      let identity = DockerState.container(atAddress: address, in: root)
    else { return nil }
    return container(identity, runtime: .docker)
  }
}
