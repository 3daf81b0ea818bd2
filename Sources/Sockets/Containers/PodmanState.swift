/// Podman's state: the lists of containers/storage (Podman 3 to 5), for root and for each user.
enum PodmanState {
  private static let lists = ["containers.json", "volatile-containers.json"]
  private static let drivers = ["overlay", "vfs", "btrfs", "zfs"]

  /// Adds name and image.
  static func complete(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    let folders =
      ["/var/lib/containers/storage"]
      + UserHomes.all(in: root).map { "\($0)/.local/share/containers/storage" }
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
