import CSQLite
import Glibc

/// RPM's database as SQLite file (RPM 4.16 and later): packages' headers by number, and an index of the names of files.
enum RPMDatabase {
  /// Where it is kept, the newer place first.
  static let paths = ["/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/rpm/rpmdb.sqlite"]

  /// A header; that of a kernel has some megabytes.
  private static let headerLimit = 64 << 20
  /// Files of one name that are looked at; `__init__.py` is in thousands of packages, but no program is named so.
  private static let candidateLimit = 256

  private static let byName = "SELECT hnum, idx FROM Basenames WHERE key = ?1 LIMIT 256"
  private static let byNumber = "SELECT blob FROM Packages WHERE hnum = ?1"

  /// The package of the first of `spellings` of a path; nil when the database can't be read. One with changes that
  /// stand
  /// only in its log is not read: what the file says may be out of date.
  static func package(
    of spellings: [[UInt8]], at place: String, in root: borrowing RootDirectory
  ) -> PackageAnswer? {
    if let log = root.status(of: Array("\(place)-wal".utf8)), log.st_size > 0 { return nil }
    guard let file = root.open(place), let database = unsafe csqlite_open(file.number) else {
      return nil
    }
    defer { unsafe csqlite_close(database) }
    guard let name = spellings.first?.split(separator: UInt8(ascii: "/")).last,
      let candidates = unsafe candidates(Array(name), in: database)
    else { return nil }
    for candidate in candidates {
      guard let bytes = unsafe header(candidate.number, in: database) else { return nil }
      guard let header = RPMHeader(bytes), let path = header.path(at: candidate.index),
        spellings.contains(path), let package = header.text(.name)
      else { continue }
      return .package(.rpm, name: package, version: header.version)
    }
    return .unowned(.rpm)
  }

  private struct Candidate {
    var number: Int64
    var index: Int
  }

  /// Files of a name: the number of their package's header and their place in it.
  private static func candidates(_ name: [UInt8], in database: OpaquePointer) -> [Candidate]? {
    let rows = unsafe name.withUnsafeBytes { bytes in
      unsafe csqlite_select_text(database, byName, bytes.baseAddress, bytes.count)
    }
    guard let rows = unsafe rows else { return nil }
    defer { unsafe csqlite_finish(rows) }
    var found: [Candidate] = []
    while true {
      switch unsafe csqlite_next(rows) {
      case 1 where found.count < candidateLimit:
        let index = unsafe csqlite_number(rows, 1)
        unsafe found.append(
          Candidate(number: csqlite_number(rows, 0), index: Int(clamping: index)))
      case 0, 1: return found
      default: return nil
      }
    }
  }

  /// The header of a package; nil when the database is damaged, empty for a number without one.
  private static func header(_ number: Int64, in database: OpaquePointer) -> [UInt8]? {
    guard let rows = unsafe csqlite_select_number(database, byNumber, number) else { return nil }
    defer { unsafe csqlite_finish(rows) }
    guard unsafe csqlite_next(rows) == 1 else { return nil }
    var length = 0
    guard let bytes = unsafe csqlite_bytes(rows, 0, &length), length <= headerLimit else {
      return []
    }
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: length))
  }
}
