/// Finds the package that a file belongs to in the package manager's own lists, without running it.
enum PackageSearch {
  /// A list of a package with very many files has a few megabytes.
  private static let listLimit = 16 << 20
  private static let dpkgLists = "/var/lib/dpkg/info"
  private static let apkDatabase = "/lib/apk/db/installed"

  /// The package of the file at `path`, in the databases of `root`.
  static func package(of path: [UInt8], in root: borrowing RootDirectory) -> PackageAnswer {
    if let folder = root.openDirectory(Array(dpkgLists.utf8)),
      let answer = dpkg(path, in: root, lists: { (try? folder.names(limit: 65_536)) ?? [] })
    {
      return answer
    }
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

  /// dpkg's answer; nil where it has no lists. Their names are asked for last: there are thousands.
  private static func dpkg(
    _ path: [UInt8], in root: borrowing RootDirectory, lists: () -> [[UInt8]]
  ) -> PackageAnswer? {
    // Which packages there are is known even where none can own the file.
    let hasStatus = root.status(of: Array("/var/lib/dpkg/status".utf8)) != nil
    if hasStatus, local.contains(where: { path.starts(with: $0.utf8) }) { return .unowned(.dpkg) }
    let wanted = spellings(of: path)
    let basename = Array(path.split(separator: UInt8(ascii: "/")).last ?? [])
    let end = Array(".list".utf8)
    let diverted = diversion(of: wanted, in: root)
    // Most programs are in the package of their name.
    let namesake = basename + end
    if diverted == nil, has(namesake, wanted, in: root) {
      return package(namesake, in: root)
    }
    let names = lists().filter { $0.count > end.count && $0.suffix(end.count).elementsEqual(end) }
    if names.isEmpty { return nil }
    if let diverted { return diverted }
    for group in likely(names, for: basename) {
      for name in group.sorted(by: { $0.lexicographicallyPrecedes($1) })
      where has(name, wanted, in: root) {
        return package(name, in: root)
      }
    }
    return .unowned(.dpkg)
  }

  /// Whether a list has one of these paths.
  private static func has(
    _ list: [UInt8], _ wanted: [[UInt8]], in root: borrowing RootDirectory
  ) -> Bool {
    guard let text = root.contents(of: Array("\(dpkgLists)/".utf8) + list, limit: listLimit) else {
      return false
    }
    return wanted.contains { ByteSearch.hasLine($0, in: text) }
  }

  /// The package of a list.
  private static func package(
    _ list: [UInt8], in root: borrowing RootDirectory
  ) -> PackageAnswer {
    let package = list.dropLast(".list".utf8.count)
    // A package of another architecture is listed as `name:arch`.
    return .package(
      .dpkg, name: Array(package.prefix { $0 != UInt8(ascii: ":") }),
      version: version(of: Array(package), in: root))
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
  static func likely(_ lists: [[UInt8]], for basename: [UInt8]) -> [[[UInt8]]] {
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
    return [named, alike, others]
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
