/// Who is at one end of a flow, as far as a record tells: one process, or the reason why none is named.
public struct EndAnswer: Hashable, Sendable {
  /// Whether that end is on this host.
  public var isHere: Bool
  /// The process; nil when the end is elsewhere or nobody is named.
  public var process: ProcessIdentity?
  /// How it was found.
  public var method: Ownership.Method
  /// Why no process is named; nil when one is, or the end is elsewhere.
  public var missing: MissingOwner?
  /// Whether a TCP socket listens on that end's address and port, where that was asked.
  public var isListening: Bool
  /// The firewall's rule that ended what came to that end, where that was asked and one did for certain.
  public var refusal: FirewallRefusal?

  /// An answer of these values.
  public init(
    isHere: Bool, process: ProcessIdentity? = nil, method: Ownership.Method = .none,
    missing: MissingOwner? = nil, isListening: Bool = false
  ) {
    self.isHere = isHere
    self.process = process
    self.method = method
    self.missing = missing
    self.isListening = isListening
  }

  /// The end is of another host.
  public static let elsewhere = EndAnswer(isHere: false)
}
