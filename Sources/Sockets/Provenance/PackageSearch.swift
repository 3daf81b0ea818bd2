/// Finds the package that a file belongs to in the package manager's own lists, without running it.
enum PackageSearch {
  private static let apkDatabase = "/lib/apk/db/installed"

  /// The package of the file at `path`, in the databases of `root`.
  static func package(of path: [UInt8], in root: borrowing RootDirectory) -> PackageAnswer {
    if let answer = DpkgDatabase.package(of: path, in: root) { return answer }
    if let database = root.contents(of: apkDatabase, limit: 64 << 20) {
      return ApkDatabase.package(of: path, in: database.span)
    }
    for place in RPMDatabase.paths where root.status(of: Array(place.utf8)) != nil {
      return RPMDatabase.package(of: spellings(of: path), at: place, in: root) ?? .notRead(.rpm)
    }
    for (place, manager) in others where root.status(of: Array(place.utf8)) != nil {
      return .notRead(manager)
    }
    return .noDatabase
  }

  private static let others: [(String, PackageAnswer.Manager)] = [
    ("/usr/lib/sysimage/rpm/Packages.db", .rpm), ("/var/lib/rpm/Packages.db", .rpm),
    ("/var/lib/rpm/Packages", .rpm), ("/var/lib/pacman/local", .pacman),
  ]

  /// The path, and the same on a system whose /bin, /sbin and /lib are links into /usr: lists have either.
  static func spellings(of path: [UInt8]) -> [[UInt8]] {
    let usr = Array("/usr".utf8)
    let merged = ["/bin/", "/sbin/", "/lib/", "/lib64/", "/lib32/", "/libx32/"]
    if path.starts(with: usr), merged.contains(where: { path.dropFirst(4).starts(with: $0.utf8) }) {
      return [path, Array(path.dropFirst(4))]
    }
    if merged.contains(where: { path.starts(with: $0.utf8) }) { return [path, usr + path] }
    return [path]
  }
}
