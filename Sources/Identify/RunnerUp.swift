/// Another protocol whose recogniser said yes as well, and why it did not win.
public struct RunnerUp: Hashable, Sendable {
  /// Canonical name.
  public let application: String
  /// Why the recognition that won goes before it.
  public let precedence: Precedence
}
