import Glibc

/// Finds the path of a control group (cgroup v2) by its identity, which is the inode of its folder.
enum ControlGroupSearch {
  /// Folders looked at; a busy host has a few thousand.
  private static let folderLimit = 20_000
  private static let depthLimit = 32

  /// The paths of those identities that were found.
  static func paths(
    of identities: Set<UInt64>, in proc: ProcRoot
  ) -> [UInt64: [UInt8]] {
    guard !identities.isEmpty,
      let text = proc.contents(of: "self/mountinfo", limit: 1 << 22),
      let mount = MountTable(text).first(ofType: "cgroup2"),
      let path = String(validating: mount.point, as: UTF8.self),
      let top = try? Descriptor(path, flags: O_RDONLY | O_DIRECTORY)
    else { return [:] }
    var found: [UInt64: [UInt8]] = [:]
    var left = folderLimit
    walk(top, [], identities, depth: 0, &left, &found)
    return found
  }

  private static func walk(
    _ folder: borrowing Descriptor, _ path: [UInt8], _ wanted: Set<UInt64>, depth: Int,
    _ left: inout Int, _ found: inout [UInt64: [UInt8]]
  ) {
    guard depth < depthLimit, let names = try? folder.names(limit: folderLimit) else { return }
    for name in names {
      guard left > 0, found.count < wanted.count else { return }
      guard let status = try? folder.status(ofBytes: name, followingLinks: false),
        status.st_mode & S_IFMT == S_IFDIR
      else { continue }
      left -= 1
      let inner = path + [UInt8(ascii: "/")] + name
      if wanted.contains(UInt64(status.st_ino)) { found[UInt64(status.st_ino)] = inner }
      guard let text = String(validating: name, as: UTF8.self),
        let next = try? Descriptor(text, in: folder.number, flags: O_RDONLY | O_DIRECTORY)
      else { continue }
      walk(next, inner, wanted, depth: depth + 1, &left, &found)
    }
  }
}
