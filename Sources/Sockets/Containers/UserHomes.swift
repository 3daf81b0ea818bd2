/// The home folders of users, in which runtimes without root keep their state.
enum UserHomes {
  /// Users whose home is looked into.
  private static let userLimit = 256

  /// The homes of /etc/passwd, each once.
  static func all(in root: borrowing RootDirectory) -> [String] {
    let text = root.contents(of: "/etc/passwd", limit: 1 << 20) ?? []
    var homes: [String] = []
    for line in text.split(separator: 0x0A) where homes.count < userLimit {
      let fields = line.split(separator: 0x3A, omittingEmptySubsequences: false)
      guard fields.count >= 6, fields[5].first == UInt8(ascii: "/"),
        let home = String(validating: fields[5], as: UTF8.self), !homes.contains(home)
      else { continue }
      homes.append(home)
    }
    return homes
  }
}
