/// Which package a file belongs to.
public enum PackageAnswer: Hashable, Sendable {
  /// A package manager's database.
  public enum Manager: String, Hashable, Sendable, CaseIterable {
    case dpkg, apk, rpm, pacman
  }

  /// Nobody looked.
  case notLookedFor
  /// The file belongs to a package; its version where the database tells it. Both raw.
  case package(Manager, name: [UInt8], version: [UInt8]?)
  /// A database was read and lists no such file.
  case unowned(Manager)
  /// A database is there that is not read.
  case notRead(Manager)
  /// No database was found.
  case noDatabase
}
