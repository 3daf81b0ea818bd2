/// Containers of LXC and of those that build on it. The control group has the container's name, for all of them alike;
/// whose it
/// is, the files tell: Incus (6) and LXD (4, 5) keep backup.yaml beside a container's file system, LXC (3 to 6) its
/// configuration.
enum LXCState {
  private static let managers: [(folder: String, runtime: ContainerDescription.Runtime)] = [
    ("/var/lib/incus/containers", .incus),
    ("/var/snap/lxd/common/lxd/containers", .lxd),
    ("/var/lib/lxd/containers", .lxd),
  ]

  /// Adds name and image, and whose the container is where that is sure.
  static func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    let identity = container.identity
    container.name = identity
    guard !identity.contains(UInt8(ascii: "/")), identity != Array("..".utf8) else { return }
    for manager in managers {
      let folder = Array("\(manager.folder)/".utf8) + identity
      guard root.status(of: folder) != nil else { continue }
      container.runtime = manager.runtime
      if let text = root.contents(
        of: folder + Array("/backup.yaml".utf8), limit: ContainerSearch.fileLimit)
      {
        container.image = value(of: "image.description:", in: text)
      }
      return
    }
    // lxc-create notes in the first lines what the file system was made from.
    let path = Array("/var/lib/lxc/".utf8) + identity + Array("/config".utf8)
    guard let text = root.contents(of: path, limit: ContainerSearch.fileLimit) else { return }
    container.image = value(of: "# Parameters passed to the template:", in: text)
  }

  /// What stands behind the first line that begins so, blanks and quotes left out; nil for nothing.
  private static func value(of name: String, in text: [UInt8]) -> [UInt8]? {
    let isBlank = { (byte: UInt8) in
      byte == 0x20 || byte == 0x09 || byte == 0x22 || byte == 0x27
    }
    for line in text.split(separator: 0x0A) {
      let line = line.drop(while: isBlank)
      guard line.starts(with: name.utf8) else { continue }
      var value = line.dropFirst(name.utf8.count).drop(while: isBlank)
      while let last = value.last, isBlank(last) { value.removeLast() }
      return value.isEmpty ? nil : Array(value)
    }
    return nil
  }
}
