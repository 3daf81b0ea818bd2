/// What the paths of /proc/PID/cgroup say about the unit and the container of a process.
struct ControlGroup: Hashable {
  /// The systemd unit: the deepest component that ends in `.service` or `.scope`.
  var unit: [UInt8]?
  /// The container's identity.
  var container: [UInt8]?
  /// What runs it, where the name of the group tells.
  var runtime: ContainerDescription.Runtime?

  /// The path in the unified hierarchy when it is in use, else in systemd's own; nil for the root. Raw.
  static func path(in text: [UInt8]) -> [UInt8]? {
    var named: [UInt8]?
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x3A, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, fields[2].count > 1 else { continue }
      if fields[1].isEmpty { return Array(fields[2]) }
      if fields[1].elementsEqual("name=systemd".utf8) { named = Array(fields[2]) }
    }
    return named
  }

  /// Parses the lines `NUMBER:CONTROLLERS:PATH` (cgroups(7)). The unit comes from systemd's own hierarchy; a
  /// container may show in any.
  init(_ text: [UInt8]) {
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x3A, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let components = fields[2].split(separator: 0x2F).map { Array($0) }
      let isUnified = fields[1].isEmpty
      if isUnified || fields[1].elementsEqual("name=systemd".utf8) {
        unit = components.last { Self.isUnit($0) } ?? unit
      }
      if container == nil, let found = Self.container(components) {
        container = found.identity
        runtime = found.runtime
      }
    }
  }

  private static func isUnit(_ component: [UInt8]) -> Bool {
    component.count > 8 && component.hasEnd(".service")
      || component.count > 6
        && component.hasEnd(".scope")
  }

  private typealias Found = (identity: [UInt8], runtime: ContainerDescription.Runtime?)

  /// The deepest component that names a container. What systemd-nspawn keeps for itself below it is not inside.
  private static func container(_ components: [[UInt8]]) -> Found? {
    for (index, component) in components.enumerated().reversed() {
      let parent = index > 0 ? components[index - 1] : []
      let child = index + 1 < components.count ? components[index + 1] : []
      if child.elementsEqual("supervisor".utf8) { continue }
      if let found = container(component, in: parent) { return found }
    }
    return nil
  }

  private static let prefixes: [(String, ContainerDescription.Runtime)] = [
    ("docker-", .docker), ("cri-containerd-", .containerd), ("crio-", .crio), ("libpod-", .podman),
    ("nerdctl-", .containerd),
  ]

  private static func container(_ component: [UInt8], in parent: [UInt8]) -> Found? {
    var name = component[...]
    if component.hasEnd(".scope") { name = name.dropLast(6) }
    // containerd with systemd's driver and no systemd: "SLICE:cri-containerd:ID".
    var runtime: ContainerDescription.Runtime? = parent.elementsEqual("docker".utf8) ? .docker : nil
    if let colon = name.lastIndex(of: 0x3A) {
      if name[..<colon].suffix(15).elementsEqual(":cri-containerd".utf8) { runtime = .containerd }
      name = name[(colon + 1)...]
    }
    if isIdentity(name) { return (Array(name), runtime) }
    for (prefix, runtime) in prefixes
    where name.starts(with: prefix.utf8) && isIdentity(name.dropFirst(prefix.utf8.count)) {
      return (Array(name.dropFirst(prefix.utf8.count)), runtime)
    }
    let payload = "lxc.payload."
    if component.starts(with: payload.utf8), component.count > payload.utf8.count {
      return (Array(component.dropFirst(payload.utf8.count)), .lxc)
    }
    // LXC 2 and 3.0 have lxc/NAME, 3.1 and 3.2 lxc.payload/NAME, later ones lxc.payload.NAME.
    if parent.elementsEqual("lxc".utf8) || parent.elementsEqual("lxc.payload".utf8) {
      return (component, .lxc)
    }
    guard parent.elementsEqual("machine.slice".utf8) else { return nil }
    return machine(component).map { ($0, .nspawn) }
  }

  /// systemd-nspawn: machine-NAME.scope, or the unit systemd-nspawn@NAME.service; a virtual machine of libvirt is no
  /// container.
  private static func machine(_ component: [UInt8]) -> [UInt8]? {
    for (prefix, end) in [("machine-", ".scope"), ("systemd-nspawn@", ".service")]
    where component.starts(with: prefix.utf8) && component.hasEnd(end) {
      let machine = component.dropFirst(prefix.utf8.count).dropLast(end.utf8.count)
      return machine.isEmpty || machine.starts(with: "qemu\\x2d".utf8) ? nil : Array(machine)
    }
    return nil
  }

  static func isIdentity(_ name: some Collection<UInt8>) -> Bool {
    name.count == 64
      && name.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension [UInt8] {
  /// Whether the bytes end in `text`.
  fileprivate func hasEnd(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
