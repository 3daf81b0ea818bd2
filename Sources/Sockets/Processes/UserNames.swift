import Glibc

/// The names of users from /etc/passwd, read by hand: name services may ask the network.
public struct UserNames: Hashable, Sendable {
  private static let fileLimit = 1 << 20
  private static let userLimit = 65_536

  /// This host's users, read once.
  public static let host = UserNames(file: "/etc/passwd")

  private struct User: Hashable {
    var number: UInt32
    var name: String
  }

  /// By their numbers, each once: sorted and not hashed, for the first use of a kind of table costs more at each start
  /// than all that a host's users take.
  private var users: [User] = []

  /// The users of a file in the format of passwd(5); none when it can't be read.
  public init(file: String) {
    let text = (try? Descriptor(file).contents(limit: Self.fileLimit)) ?? []
    self.init(text)
  }

  /// The users of a text in the format of passwd(5). The first line of a number counts, as for getpwuid(3).
  init(_ text: [UInt8]) {
    var found: [(user: User, rank: Int)] = []
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x3A, maxSplits: 6, omittingEmptySubsequences: false)
      guard fields.count >= 4, !fields[0].isEmpty, found.count < Self.userLimit,
        let number = Decimal.parse(fields[2]).flatMap({ UInt32(exactly: $0) })
      else { continue }
      let user = User(number: number, name: String(decoding: fields[0], as: UTF8.self))
      found.append((user, found.count))
    }
    found.sort {
      $0.user.number == $1.user.number
        ? $0.rank < $1.rank : $0.user.number < $1.user.number
    }
    for (user, _) in found where users.last?.number != user.number { users.append(user) }
  }

  /// The name of a user; nil when it has none.
  public subscript(user: UInt32) -> String? {
    let place = users.firstIndex(notBefore: { $0.number < user })
    return place < users.count && users[place].number == user ? users[place].name : nil
  }
}
