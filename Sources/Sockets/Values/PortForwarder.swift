/// A process that a container runtime runs to forward a published port, read from its arguments.
public struct PortForwarder: Hashable, Sendable {
  /// The programs that do.
  public enum Program: String, Hashable, Sendable, CaseIterable {
    case dockerProxy = "docker-proxy"
    case rootlessport
    case rootlesskit
    case slirp4netns
    case pasta
    case conmon
  }

  /// Which program.
  public var program: Program
  /// The container's address; raw. Nil when the arguments don't tell.
  public var address: [UInt8]?
  /// The port inside the container.
  public var port: UInt16?
  /// The path of the network namespace it serves; raw.
  public var namespacePath: [UInt8]?
  /// The container behind it; nil when no state file or namespace tells.
  public var container: ContainerDescription?

  /// A forwarder.
  public init(
    program: Program, address: [UInt8]? = nil, port: UInt16? = nil, namespacePath: [UInt8]? = nil,
    container: ContainerDescription? = nil
  ) {
    self.program = program
    self.address = address
    self.port = port
    self.namespacePath = namespacePath
    self.container = container
  }
}
