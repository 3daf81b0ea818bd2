/// Bounds on rule files: what one look at a flow can cost.
public enum RuleLimits {
  /// Bytes of a file.
  public static let fileBytes = 262_144
  /// Rules of a file.
  public static let rules = 1_000
  /// Conditions of a rule.
  public static let conditions = 16
  /// Bytes of one value.
  public static let valueBytes = 256
  /// Offsets and lengths.
  public static let offset = 8_191
  /// First bytes that `in` may search.
  public static let searched = 4_096
  /// Bits that a rule must ask for at least: what chance does not give.
  public static let bits = 32
  /// Steps of all rules together on one flow.
  public static let steps = 1_048_576
}
