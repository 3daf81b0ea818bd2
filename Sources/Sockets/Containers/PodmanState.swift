/// Podman's state: the lists of containers/storage (Podman 3 to 5), for root and for each user.
enum PodmanState {
  private static let lists = ["containers.json", "volatile-containers.json"]
  private static let drivers = ["overlay", "vfs", "btrfs", "zfs"]
  /// Users whose own storage is looked into.
  private static let userLimit = 256

  /// Adds name and image.
  static func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    let text = root.contents(of: "/etc/passwd", limit: 1 << 20) ?? []
    var folders = ["/var/lib/containers/storage"]
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x3A, omittingEmptySubsequences: false)
      guard fields.count >= 6, fields[5].first == UInt8(ascii: "/"), folders.count <= userLimit,
        let home = String(validating: fields[5], as: UTF8.self)
      else { continue }
      folders.append("\(home)/.local/share/containers/storage")
    }
    for folder in folders {
      for driver in drivers {
        for list in lists where complete(&container, "\(folder)/\(driver)-containers/\(list)", root)
        {
          return
        }
      }
    }
  }

  /// A list is an array of objects with `id`, `names` and, as a document of its own, `metadata`.
  private static func complete(
    _ container: inout ContainerDescription, _ path: String, _ root: borrowing RootDirectory
  ) -> Bool {
    guard let text = root.contents(of: path, limit: 64 << 20), let list = JSONDocument(text),
      let entry = list.elements.first(where: { $0["id"]?.text == container.identity })
    else { return false }
    container.name = entry["names"]?.elements.first?.text
    container.image = entry["metadata"]?.text.flatMap { JSONDocument($0) }?["image-name"]?.text
    container.runtime = container.runtime ?? .podman
    return true
  }
}
