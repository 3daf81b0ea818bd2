/// A refusal of the system, where roles are divided or files opened.
public struct RoleFailure: Error, Hashable {
  /// The value of `errno`, errno(3).
  public let number: Int32

  /// A refusal with this number.
  public init(number: Int32) { self.number = number }
}
