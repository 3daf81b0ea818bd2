/// Docker's state: CONTAINERS/ID/config.v2.json below its data root (Docker Engine 1.10 to 28).
enum DockerState {
  /// The data roots: Docker's own, that of its snap, and those of users who run it without root.
  private static func roots(in root: borrowing RootDirectory) -> [String] {
    var roots = ["/var/lib/docker", "/var/snap/docker/common/var-lib-docker"]
    roots += UserHomes.all(in: root).map { "\($0)/.local/share/docker" }
    if let text = root.contents(of: "/etc/docker/daemon.json", limit: 1 << 20),
      let moved = JSONDocument(text)?["data-root"]?.text,
      let path = String(validating: moved, as: UTF8.self)
    {
      roots.insert(path, at: 0)
    }
    if let path = rootOfDaemon(in: root) { roots.insert(path, at: 0) }
    return roots
  }

  /// The data root that the running daemon was told on its command line.
  private static func rootOfDaemon(in root: borrowing RootDirectory) -> String? {
    guard let text = root.contents(of: "/run/docker.pid", limit: 16),
      let pid = Decimal.parse(text.prefix { $0 != 0x0A }),
      let line = root.contents(of: "/proc/\(pid)/cmdline", limit: 65_536)
    else { return nil }
    let arguments = line.split(separator: 0).map { Array($0) }
    // The number may be another process's by now.
    guard arguments.first?.split(separator: 0x2F).last?.elementsEqual("dockerd".utf8) == true,
      let value = PortForwarder.value(of: ["--data-root", "--graph", "-g"], in: arguments)
    else { return nil }
    return String(validating: value, as: UTF8.self)
  }

  private static func configuration(
    of identity: [UInt8], below folder: String, in root: borrowing RootDirectory
  ) -> JSONDocument? {
    guard ControlGroup.isIdentity(identity) else { return nil }
    let name = String(decoding: identity, as: UTF8.self)
    return root.contents(
      of: "\(folder)/containers/\(name)/config.v2.json", limit: ContainerSearch.fileLimit
    ).flatMap { JSONDocument($0) }
  }

  /// Adds name and image.
  static func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    for folder in roots(in: root) {
      guard let state = configuration(of: container.identity, below: folder, in: root) else {
        continue
      }
      // Docker keeps the name with a slash in front.
      container.name = state["Name"]?.text.map { Array($0.drop { $0 == UInt8(ascii: "/") }) }
      container.image = state["Config"]?["Image"]?.text
      container.runtime = .docker
      return
    }
  }

  /// The identity of the one container that has an address; nil for none or several.
  static func container(
    atAddress address: [UInt8], in root: borrowing RootDirectory
  ) -> [UInt8]? {
    only(in: root) { addresses($0).contains(address) }
  }

  /// The identity of the one running container that publishes a port of this host; nil for none or several.
  static func container(
    publishing port: UInt16, _ transport: SocketEntry.Transport, in root: borrowing RootDirectory
  ) -> [UInt8]? {
    only(in: root) { publishes($0, port, transport) }
  }

  private static func only(
    in root: borrowing RootDirectory, where fits: (JSONDocument) -> Bool
  ) -> [UInt8]? {
    var found: [[UInt8]] = []
    for folder in roots(in: root) {
      for identity in root.names(in: "\(folder)/containers", limit: ContainerSearch.containerLimit)
      {
        guard let state = configuration(of: identity, below: folder, in: root), fits(state) else {
          continue
        }
        found.append(identity)
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// `NetworkSettings.Ports` has the container's `80/tcp` with the ports of the host.
  private static func publishes(
    _ state: JSONDocument, _ port: UInt16, _ transport: SocketEntry.Transport
  ) -> Bool {
    guard case .bool(true)? = state["State"]?["Running"],
      case .object(let ports)? = state["NetworkSettings"]?["Ports"]
    else { return false }
    let wanted = Array(String(port).utf8)
    let end = Array("/\(transport.rawValue)".utf8)
    return ports.contains { name, list in
      name.suffix(end.count).elementsEqual(end)
        && list.elements.contains { $0["HostPort"]?.text == wanted }
    }
  }

  /// The addresses of a running container; one that has stopped may keep an address that another has now.
  private static func addresses(_ state: JSONDocument) -> [[UInt8]] {
    guard case .bool(true)? = state["State"]?["Running"] else { return [] }
    let networks = state["NetworkSettings"]?["Networks"]?.values ?? []
    return networks.flatMap { [$0["IPAddress"]?.text, $0["GlobalIPv6Address"]?.text] }
      .compactMap { $0 }
  }
}
