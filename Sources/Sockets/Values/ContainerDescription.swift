/// A container by its runtime's own state files.
public struct ContainerDescription: Hashable, Sendable {
  /// What runs containers.
  public enum Runtime: String, Hashable, Sendable, CaseIterable {
    case docker, podman, containerd, crio = "cri-o", lxc, incus, lxd, nspawn = "systemd-nspawn"
  }

  /// The identity in the control group: 64 hexadecimal digits, or a name for LXC and nspawn; raw.
  public var identity: [UInt8]
  /// The runtime; nil when neither the control group nor a state file tells.
  public var runtime: Runtime?
  /// Its name; nil when no state file could be read. Raw.
  public var name: [UInt8]?
  /// The image's name; raw.
  public var image: [UInt8]?
  /// The Kubernetes pod; raw.
  public var pod: [UInt8]?
  /// The pod's namespace; raw.
  public var podNamespace: [UInt8]?

  /// A container of which only the identity is known.
  public init(
    identity: [UInt8], runtime: Runtime? = nil, name: [UInt8]? = nil, image: [UInt8]? = nil
  ) {
    self.identity = identity
    self.runtime = runtime
    self.name = name
    self.image = image
  }
}
