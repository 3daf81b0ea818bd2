/// dpkg's files: a list of paths for each package, what was moved aside, and the status of all packages.
struct DpkgDatabase {
  private static let lists = "/var/lib/dpkg/info"
  private static let status = Array("/var/lib/dpkg/status".utf8)
  private static let listEnd = Array(".list".utf8)
  private static let listsLimit = 65_536
  /// A list of a package with very many files has a few megabytes.
  private static let listLimit = 16 << 20
  /// All lists of a full desktop have about 30 MB; those of a container may be anything.
  private static let readingLimit = 128 << 20

  /// Folders in which the Debian policy (section 9.1) lets no package put a file.
  private static let local = ["/usr/local/", "/home/", "/root/", "/tmp/", "/var/tmp/", "/srv/"]

  /// What stands behind a program's name in the name of its package, for most programs.
  private static let namesakes = ["", "-minimal", "-base", "-bin", "-core", "-server", "-common"]

  /// The path of the file, as lists may have it.
  private let wanted: [[UInt8]]
  private let basename: [UInt8]
  /// Bytes of lists that may still be read.
  private var left = readingLimit

  private init(_ path: [UInt8]) {
    wanted = PackageSearch.spellings(of: path)
    basename = Array(path.split(separator: UInt8(ascii: "/")).last ?? [])
  }

  /// The package of the file at `path`; nil where dpkg has no lists.
  static func package(of path: [UInt8], in root: borrowing RootDirectory) -> PackageAnswer? {
    guard let folder = root.openDirectory(Array(lists.utf8)) else { return nil }
    // Which packages there are is known even where none can own the file.
    if local.contains(where: { path.starts(with: $0.utf8) }), root.status(of: status) != nil {
      return .unowned(.dpkg)
    }
    var database = DpkgDatabase(path)
    let diverted = database.diversion(in: root)
    if diverted == nil, let answer = database.namesake(in: root) { return answer }
    // The names of the lists are asked for last: there are thousands.
    let names = ((try? folder.names(limit: listsLimit)) ?? []).filter {
      $0.count > listEnd.count && $0.suffix(listEnd.count).elementsEqual(listEnd)
    }
    if names.isEmpty { return nil }
    return diverted ?? database.search(names, in: root)
  }

  /// The package that is named like the program.
  private mutating func namesake(in root: borrowing RootDirectory) -> PackageAnswer? {
    for suffix in Self.namesakes {
      let list = basename + Array(suffix.utf8) + Self.listEnd
      if has(list, in: root) { return package(list, in: root) }
    }
    return nil
  }

  private mutating func search(
    _ names: [[UInt8]], in root: borrowing RootDirectory
  ) -> PackageAnswer {
    for group in likely(names) {
      for name in group.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        if has(name, in: root) { return package(name, in: root) }
        if left <= 0 { return .notRead(.dpkg) }
      }
    }
    return .unowned(.dpkg)
  }

  /// Whether a list has the path.
  private mutating func has(_ list: [UInt8], in root: borrowing RootDirectory) -> Bool {
    let path = Array("\(Self.lists)/".utf8) + list
    guard let text = root.contents(of: path, limit: min(Self.listLimit, max(0, left))) else {
      return false
    }
    left -= text.count
    return wanted.contains { ByteSearch.hasLine($0, in: text) }
  }

  /// The package of a list.
  private func package(_ list: [UInt8], in root: borrowing RootDirectory) -> PackageAnswer {
    let package = list.dropLast(Self.listEnd.count)
    // A package of another architecture is listed as `name:arch`.
    return .package(
      .dpkg, name: Array(package.prefix { $0 != UInt8(ascii: ":") }),
      version: version(of: Array(package), in: root))
  }

  /// The lists with those first that are named like the file, then those that share a word with its path: reading every
  /// list takes long.
  private func likely(_ lists: [[UInt8]]) -> [[[UInt8]]] {
    let words = words
    var named: [[UInt8]] = []
    var alike: [[UInt8]] = []
    var others: [[UInt8]] = []
    for list in lists {
      let package = Array(list.prefix { $0 != UInt8(ascii: ":") })
      if ByteSearch.find(basename, in: package) != nil {
        named.append(list)
      } else if words.contains(where: { ByteSearch.find($0, in: package) != nil }) {
        alike.append(list)
      } else {
        others.append(list)
      }
    }
    return [named, alike, others]
  }

  /// The beginning of the file's name, and the words of its path that are longer than those of the usual folders:
  /// `openjdk` of /usr/lib/jvm/java-17-openjdk-amd64/bin/java.
  private var words: [[UInt8]] {
    let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) }
    let parts = wanted[0].split(whereSeparator: { !isLetter($0) }).map { Array($0) }
    return [Array(basename.prefix(3))].filter { $0.count == 3 } + parts.filter { $0.count > 4 }
  }

  /// A file that dpkg moved aside for another package's file: /var/lib/dpkg/diversions has three lines each, the path,
  /// where the file went, and the package whose file stands at the path.
  private func diversion(in root: borrowing RootDirectory) -> PackageAnswer? {
    guard let text = root.contents(of: "/var/lib/dpkg/diversions", limit: 1 << 20) else {
      return nil
    }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for index in stride(from: 0, to: lines.count - 2, by: 3)
    where wanted.contains(where: { $0.elementsEqual(lines[index]) }) {
      let owner = Array(lines[index + 2])
      // A diversion made by hand is by ":".
      if owner == [UInt8(ascii: ":")] { return .unowned(.dpkg) }
      return .package(.dpkg, name: owner, version: version(of: owner, in: root))
    }
    return nil
  }

  /// The version of a package in the status of all.
  private func version(of package: [UInt8], in root: borrowing RootDirectory) -> [UInt8]? {
    let parts = package.split(separator: UInt8(ascii: ":"))
    guard let name = parts.first, let status = root.open(Self.status) else { return nil }
    return DpkgStatus.version(
      of: Array(name), architecture: parts.count > 1 ? Array(parts[1]) : nil, in: status)
  }
}
