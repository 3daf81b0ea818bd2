/// What the paths of /proc/PID/cgroup say about the unit and the container of a process.
struct ControlGroup: Hashable {
  /// The systemd unit: the deepest component that ends in `.service` or `.scope`.
  var unit: [UInt8]?
  /// The container's identity.
  var container: [UInt8]?

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
      if container == nil { container = Self.container(components) }
    }
  }

  private static func isUnit(_ component: [UInt8]) -> Bool {
    component.count > 8 && component.hasEnd(".service")
      || component.count > 6
        && component.hasEnd(".scope")
  }

  /// The deepest component that names a container.
  private static func container(_ components: [[UInt8]]) -> [UInt8]? {
    for (index, component) in components.enumerated().reversed() {
      let parent = index > 0 ? components[index - 1] : []
      if let identity = container(component, in: parent) { return identity }
    }
    return nil
  }

  private static func container(_ component: [UInt8], in parent: [UInt8]) -> [UInt8]? {
    var name = component[...]
    if component.hasEnd(".scope") { name = name.dropLast(6) }
    // containerd with systemd's driver and no systemd: "SLICE:cri-containerd:ID".
    if let colon = name.lastIndex(of: 0x3A) { name = name[(colon + 1)...] }
    if isIdentity(name) { return Array(name) }
    for prefix in ["docker-", "cri-containerd-", "crio-", "libpod-", "nerdctl-"]
    where name.starts(with: prefix.utf8) && isIdentity(name.dropFirst(prefix.utf8.count)) {
      return Array(name.dropFirst(prefix.utf8.count))
    }
    let payload = "lxc.payload."
    if component.starts(with: payload.utf8), component.count > payload.utf8.count {
      return Array(component.dropFirst(payload.utf8.count))
    }
    if parent.elementsEqual("lxc".utf8) { return component }
    return machine(name, isScope: component.hasEnd(".scope"), in: parent)
  }

  /// systemd-nspawn: machine.slice/machine-NAME.scope; a virtual machine of libvirt is no container.
  private static func machine(
    _ name: ArraySlice<UInt8>, isScope: Bool, in parent: [UInt8]
  ) -> [UInt8]? {
    let prefix = "machine-"
    guard isScope, parent.elementsEqual("machine.slice".utf8), name.starts(with: prefix.utf8)
    else { return nil }
    let machine = name.dropFirst(prefix.utf8.count)
    return machine.isEmpty || machine.starts(with: "qemu\\x2d".utf8) ? nil : Array(machine)
  }

  private static func isIdentity(_ name: some Collection<UInt8>) -> Bool {
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
