/// A flow that is over, with the place in the table that it had.
public struct EndedFlow: Sendable {
  /// Its place; another flow may have it now.
  public let slot: Int
  /// The flow, whole.
  public let flow: Flow
}
