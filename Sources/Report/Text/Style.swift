/// How text is laid out.
public struct Style: Hashable, Sendable {
  /// Whether to colour; colour is never the only signal.
  public var colour: Bool
  /// Columns of the terminal; nil when unknown.
  public var width: Int?
  /// Whether the output is a terminal: then it is aligned, and long command lines are cut.
  public var isTerminal: Bool
  /// Whether each verdict is followed by its evidence.
  public var explain: Bool

  /// A style; by default plain lines for a file or a pipe.
  public init(
    colour: Bool = false, width: Int? = nil, isTerminal: Bool = false, explain: Bool = false
  ) {
    self.colour = colour
    self.width = width
    self.isTerminal = isTerminal
    self.explain = explain
  }
}
