/// Something that the first bytes tell the user: a host name, a version, a banner.
public struct Fact: Hashable, Sendable {
  /// Which kind.
  public let field: Field
  /// The value as it stood in the bytes, decoded as UTF-8 with repairs, at most `Fact.longest` characters. Not escaped:
  /// only the printer escapes.
  public let value: String

  /// Characters of a value that are kept.
  public static let longest = 256

  /// A fact; the value is cut at `longest`.
  public init(_ field: Field, _ value: String) {
    self.field = field
    self.value = value.count > Self.longest ? String(value.prefix(Self.longest)) : value
  }

  /// A fact from raw bytes.
  public init(_ field: Field, _ bytes: some Collection<UInt8>) {
    self.init(field, String(decoding: bytes.prefix(Self.longest * 4), as: UTF8.self))
  }
}
