import Glibc

/// A user and a group by their numbers.
public struct Account: Hashable, Sendable {
  /// The user number.
  public let user: UInt32
  /// The group number.
  public let group: UInt32

  /// The kernel's own for nobody (`overflowuid`), where /etc/passwd names no `nobody`.
  private static let overflow: UInt32 = 65_534
  private static let mostBytes = 1 << 20

  private init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }

  /// Reads the numbers as sudo writes them: decimal digits only. The highest number is none: chown(2) takes it for "as
  /// it is".
  init?(user: String?, group: String?) {
    guard let user = Self.number(user), let group = Self.number(group) else { return nil }
    self.user = user
    self.group = group
  }

  /// The account of this name in a file in the format of passwd(5); nil when it has none. Name services are never
  /// asked: they may ask the network.
  public init?(named name: String, file: String = "/etc/passwd") {
    guard !name.isEmpty, let text = Self.contents(of: file) else { return nil }
    for line in text.split(separator: 0x0a) {
      let fields = line.split(separator: 0x3a, maxSplits: 6, omittingEmptySubsequences: false)
      guard fields.count >= 4, fields[0].elementsEqual(name.utf8) else { continue }
      self.init(
        user: String(decoding: fields[2], as: UTF8.self),
        group: String(decoding: fields[3], as: UTF8.self))
      return
    }
    return nil
  }

  /// Who owns nothing and may do nothing.
  public static var nobody: Account {
    Account(named: "nobody") ?? Account(user: overflow, group: overflow)
  }

  /// Gives the file behind an open descriptor to this user. The corresponding C function is `fchown`.
  ///
  /// - Returns: nil when done, else the number of errno(3).
  public func own(_ descriptor: Int32) -> Int32? {
    fchown(descriptor, user, group) == 0 ? nil : errno
  }

  private static func number(_ text: String?) -> UInt32? {
    guard let text, !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let number = UInt32(text), number < .max
    else { return nil }
    return number
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while text.count < mostBytes {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? text : nil }
      text += buffer[..<count]
    }
    return text
  }
}
