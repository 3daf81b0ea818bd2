/// Finds the package that a file belongs to in the package manager's own lists, without running it.
enum PackageSearch {
  /// A list of a package with very many files has a few megabytes.
  private static let listLimit = 16 << 20
  private static let dpkgLists = "/var/lib/dpkg/info"
  private static let apkDatabase = "/lib/apk/db/installed"

  /// The package of the file at `path`, in the databases of `root`.
  static func package(of path: [UInt8], in root: borrowing RootDirectory) -> PackageAnswer {
    let lists = root.names(in: dpkgLists, limit: 65_536)
    if !lists.isEmpty { return dpkg(path, lists: lists, in: root) }
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

  /// Folders in which the Debian policy (section 9.1) lets no package put a file.
  private static let local = ["/usr/local/", "/home/", "/root/", "/tmp/", "/var/tmp/", "/srv/"]

  private static func dpkg(
    _ path: [UInt8], lists: [[UInt8]], in root: borrowing RootDirectory
  ) -> PackageAnswer {
    if local.contains(where: { path.starts(with: $0.utf8) }) { return .unowned(.dpkg) }
    let wanted = spellings(of: path)
    if let diverted = diversion(of: wanted, in: root) { return diverted }
    let end = Array(".list".utf8)
    let basename = path.split(separator: UInt8(ascii: "/")).last ?? []
    let names = lists.filter { $0.count > end.count && $0.suffix(end.count).elementsEqual(end) }
    for name in likely(names, for: Array(basename)) {
      let list = Array("\(dpkgLists)/".utf8) + name
      guard let text = root.contents(of: list, limit: listLimit),
        wanted.contains(where: { ByteSearch.hasLine($0, in: text) })
      else { continue }
      let package = name.dropLast(end.count)
      // A package of another architecture is listed as `name:arch`.
      return .package(
        .dpkg, name: Array(package.prefix { $0 != UInt8(ascii: ":") }),
        version: version(of: Array(package), in: root))
    }
    return .unowned(.dpkg)
  }

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

  /// The lists with those first that are named like the file: reading every list takes long.
  static func likely(_ lists: [[UInt8]], for basename: [UInt8]) -> [[UInt8]] {
    let start = Array(basename.prefix(3))
    var named: [[UInt8]] = []
    var alike: [[UInt8]] = []
    var others: [[UInt8]] = []
    for list in lists {
      if ByteSearch.find(basename, in: list) != nil {
        named.append(list)
      } else if start.count == 3, ByteSearch.find(start, in: list) != nil {
        alike.append(list)
      } else {
        others.append(list)
      }
    }
    return named + alike + others
  }

  /// A file that dpkg moved aside for another package's file: /var/lib/dpkg/diversions has three lines each, the path,
  /// where the file went, and the package whose file stands at the path.
  private static func diversion(
    of paths: [[UInt8]], in root: borrowing RootDirectory
  ) -> PackageAnswer? {
    guard let text = root.contents(of: "/var/lib/dpkg/diversions", limit: 1 << 20) else {
      return nil
    }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for index in stride(from: 0, to: lines.count - 2, by: 3)
    where paths.contains(Array(lines[index])) {
      let owner = Array(lines[index + 2])
      // A diversion made by hand is by ":".
      if owner == [UInt8(ascii: ":")] { return .unowned(.dpkg) }
      return .package(.dpkg, name: owner, version: version(of: owner, in: root))
    }
    return nil
  }

  /// The version of a package in /var/lib/dpkg/status: paragraphs of `Name: value`.
  private static func version(of package: [UInt8], in root: borrowing RootDirectory) -> [UInt8]? {
    let parts = package.split(separator: UInt8(ascii: ":"))
    guard let name = parts.first,
      let text = root.contents(of: "/var/lib/dpkg/status", limit: 64 << 20)
    else { return nil }
    return DpkgStatus.version(
      of: Array(name), architecture: parts.count > 1 ? Array(parts[1]) : nil, in: text)
  }
}
