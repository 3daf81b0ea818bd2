import Sockets

/// Containers, forwarders and namespaces in words.
enum ContainerWords {
  /// `web (docker, nginx:1.25)`, `pod shop/cart, container app (containerd)`.
  static func of(_ container: ContainerDescription) -> String {
    var name = container.name.map { Escaped.text($0) } ?? short(container.identity)
    if let pod = container.pod {
      let space = container.podNamespace.map { Escaped.text($0) + "/" } ?? ""
      name = "pod \(space)\(Escaped.text(pod)), container \(name)"
    }
    let notes = [container.runtime?.rawValue, container.image.map { Escaped.text($0) }]
      .compactMap { $0 }
    return name + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }

  /// Runtimes show the first twelve digits of an identity.
  private static func short(_ identity: [UInt8]) -> String {
    identity.count == 64 ? Escaped.text(Array(identity.prefix(12))) : Escaped.text(identity)
  }

  /// `forwards to 172.17.0.2 port 80, container web (docker)`; what is not known is left out.
  static func of(_ forwarder: PortForwarder) -> String {
    var parts: [String] = []
    if let address = forwarder.address { parts.append(Escaped.text(address)) }
    if let port = forwarder.port { parts.append("port \(port)") }
    let target = parts.joined(separator: " ")
    guard let container = forwarder.container else {
      let what = forwards(forwarder.program)
      return target.isEmpty ? what : "\(what) to \(target)"
    }
    let behind = "container \(of(container))"
    return "forwards to " + (target.isEmpty ? behind : "\(target), \(behind)")
  }

  /// What a program forwards whose container is not known: some are also used without any.
  private static func forwards(_ program: PortForwarder.Program) -> String {
    switch program {
    case .dockerProxy, .rootlessport, .conmon: "forwards a container's published port"
    case .pasta, .slirp4netns, .rootlesskit: "forwards the port into another network namespace"
    }
  }

  /// `container web (docker)`, `namespace blue`, `the network namespace of python3 (pid 9)`.
  static func of(_ namespace: NetworkNamespace) -> String {
    if let container = namespace.container { return "container " + of(container) }
    if let name = namespace.name { return "network namespace " + Escaped.text(name) }
    if let pid = namespace.memberPID {
      let command = namespace.memberCommand.map { Escaped.text($0) + " (pid \(pid))" }
      return "the network namespace of " + (command ?? "pid \(pid)")
    }
    return "network namespace net:[\(namespace.inode)]"
  }
}
