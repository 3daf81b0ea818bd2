extension PortForwarder {
  /// The forwarder that a process is, by its executable's name; nil for any other program.
  static func read(_ process: ProcessIdentity) -> PortForwarder? {
    let path = process.executable ?? process.arguments.first ?? []
    let name = String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    let arguments = process.arguments
    switch name {
    // Docker without root starts its proxy through a wrapper of RootlessKit's with the same arguments.
    case "docker-proxy", "rootlesskit-docker-proxy":
      return PortForwarder(
        program: .dockerProxy, address: value(of: ["-container-ip"], in: arguments),
        port: port(value(of: ["-container-port"], in: arguments)))
    case "rootlessport", "rootlessport-child": return PortForwarder(program: .rootlessport)
    case "rootlesskit": return PortForwarder(program: .rootlesskit)
    case "slirp4netns":
      // `slirp4netns [OPTIONS] PID|PATH [TAP]`: a path where --netns-type=path says so.
      let isPath = value(of: ["--netns-type"], in: arguments) == Array("path".utf8)
      let path = isPath ? arguments.last { $0.first == UInt8(ascii: "/") } : nil
      return PortForwarder(program: .slirp4netns, namespacePath: path)
    case "pasta", "pasta.avx2", "passt", "passt.avx2":
      return PortForwarder(
        program: .pasta, namespacePath: value(of: ["--netns"], in: arguments))
    case "conmon": return PortForwarder(program: .conmon)
    default: return nil
    }
  }

  /// The value of an option, as `NAME VALUE` or `NAME=VALUE`.
  static func value(of names: [String], in arguments: [[UInt8]]) -> [UInt8]? {
    for (index, argument) in arguments.enumerated() {
      for name in names {
        if argument.elementsEqual(name.utf8), index + 1 < arguments.count {
          return arguments[index + 1]
        }
        if argument.starts(with: "\(name)=".utf8) {
          return Array(argument.dropFirst(name.utf8.count + 1))
        }
      }
    }
    return nil
  }

  private static func port(_ text: [UInt8]?) -> UInt16? {
    text.flatMap { Decimal.parse($0) }.flatMap { UInt16(exactly: $0) }
  }

  /// A container's identity among the arguments: conmon's `-c ID`, or the API socket of slirp4netns, `DIR/ID.net`.
  static func identity(in arguments: [[UInt8]]) -> [UInt8]? {
    if let value = value(of: ["-c", "--cid"], in: arguments), ControlGroup.isIdentity(value) {
      return value
    }
    guard let path = value(of: ["--api-socket", "-a"], in: arguments),
      let file = path.split(separator: UInt8(ascii: "/")).last
    else { return nil }
    let name = file.prefix { $0 != UInt8(ascii: ".") }
    return ControlGroup.isIdentity(name) ? Array(name) : nil
  }

  /// The container in a control group of Podman's monitor, `libpod-conmon-ID.scope`, in which its helpers run too.
  static func conmonIdentity(in groups: [UInt8]) -> [UInt8]? {
    let head = Array("libpod-conmon-".utf8)
    for line in groups.split(separator: 0x0A) {
      for component in line.split(separator: UInt8(ascii: "/")) where component.starts(with: head) {
        let identity = component.dropFirst(head.count).prefix { $0 != UInt8(ascii: ".") }
        if ControlGroup.isIdentity(identity) { return Array(identity) }
      }
    }
    return nil
  }
}
