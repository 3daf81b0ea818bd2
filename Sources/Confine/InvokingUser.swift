import Glibc

/// The user and group behind a sudo, to whom written files belong.
public struct InvokingUser: Hashable, Sendable {
  /// The user number.
  public let user: UInt32
  /// The group number.
  public let group: UInt32

  /// Reads the numbers as sudo writes them: decimal digits only. The highest number is none: chown(2) takes it for "as
  /// it is".
  init?(user: String?, group: String?) {
    guard let user = Self.number(user), let group = Self.number(group) else { return nil }
    self.user = user
    self.group = group
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
}
