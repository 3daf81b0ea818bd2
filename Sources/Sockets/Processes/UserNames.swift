import Glibc

/// The names of users from /etc/passwd, read by hand: name services may ask the network.
public struct UserNames: Hashable, Sendable {
  private static let fileLimit = 1 << 20
  private static let userLimit = 65_536

  /// This host's users, read once.
  public static let host = UserNames(file: "/etc/passwd")

  private var names: [UInt32: String] = [:]

  /// The users of a file in the format of passwd(5); none when it can't be read.
  public init(file: String) {
    let text = (try? Descriptor(file).contents(limit: Self.fileLimit)) ?? []
    self.init(text)
  }

  /// The users of a text in the format of passwd(5). The first line of a number counts, as for getpwuid(3).
  init(_ text: [UInt8]) {
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x3A, maxSplits: 6, omittingEmptySubsequences: false)
      guard fields.count >= 4, !fields[0].isEmpty, names.count < Self.userLimit,
        let number = Decimal.parse(fields[2]).flatMap({ UInt32(exactly: $0) })
      else { continue }
      if names[number] == nil { names[number] = String(decoding: fields[0], as: UTF8.self) }
    }
  }

  /// The name of a user; nil when it has none.
  public subscript(user: UInt32) -> String? { names[user] }
}
